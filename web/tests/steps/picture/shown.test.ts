import { expect, it } from 'vitest';
import { shown } from '../../../src/steps/picture/shown';
import { anAsset } from '../../fakes';

it('shows the small picture where the browser does not know the kind of the large one', () => {
  const image = document.createElement('img');
  shown(anAsset({ content_url: '/a/content', thumbnail_url: '/a/thumbnail' }))(image);
  expect(image.getAttribute('src')).toBe('/a/content');
  image.dispatchEvent(new Event('error'));
  expect(image.getAttribute('src')).toBe('/a/thumbnail');
  // That one is missing as well: nothing else is tried.
  image.src = '/other';
  image.dispatchEvent(new Event('error'));
  expect(image.getAttribute('src')).toBe('/other');
});
