import { afterEach, expect, it } from 'vitest';
import { keepFocus } from '../../src/ui/focus';

let end = () => {};
afterEach(() => {
  end();
  document.body.replaceChildren();
});

function page(html: string): (selector: string) => HTMLElement {
  document.body.innerHTML = html;
  end = keepFocus();
  return (selector) => document.querySelector<HTMLElement>(selector)!;
}

it('gives the focus of what goes away to what surrounds it', async () => {
  const find = page('<main id="stage" tabindex="-1"></main><section tabindex="-1"><p><button>x</button></p></section>');
  find('button').focus();
  find('p').remove();
  await Promise.resolve();
  expect(document.activeElement).toBe(find('section'));
});

it('gives it to the stage where all of that went, too', async () => {
  const find = page('<main id="stage" tabindex="-1"></main><section tabindex="-1"><button>x</button></section>');
  find('button').focus();
  find('section').remove();
  await Promise.resolve();
  expect(document.activeElement).toBe(find('main'));
});

it('leaves it alone where it is elsewhere by then', async () => {
  const find = page('<main id="stage" tabindex="-1"></main><button class="a">a</button><button class="b">b</button>');
  find('.a').focus();
  find('.b').focus();
  find('.a').remove();
  await Promise.resolve();
  expect(document.activeElement).toBe(find('.b'));
});
