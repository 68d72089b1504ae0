import shell from './shell.json';
import picture from './picture.json';
import voice from './voice.json';
import look from './look.json';
import video from './video.json';
import stage from './stage.json';
import timeline from './timeline.json';
import inspector from './inspector.json';
import history from './history.json';
import help from './help.json';
import problem from './problem.json';
import consent from './consent.json';
import field from './field.json';
import value from './value.json';
import word from './word.json';

export default {
  shell,
  picture,
  voice,
  look,
  video,
  stage,
  timeline,
  inspector,
  history,
  help,
  problem,
  consent,
  field,
  value,
  word,
};
