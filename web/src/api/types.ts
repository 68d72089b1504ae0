/** What the server says and takes, by the names that the page uses; made from its OpenAPI document. */

import type { SceneDocument } from './scene';
import type { components } from './schema';

type Told = components['schemas'];

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export type Fault = Told['Fault'];
export type Session = Told['Session'];

export type ProjectSummary = Told['ProjectSummary'];
export type Project = Omit<Told['ProjectResource'], 'document'> & { document: SceneDocument };

export type Box = Told['Box'];
export type Asset = Told['Asset'];
export type AssetKind = Asset['kind'];
export type FaceReport = Told['FaceReport'];
export type Face = Told['Face'];
export type Finding = Told['FaceFinding'];
export type Grade = Finding['grade'];

export type Voice = Told['VoiceTold'];
export type Language = Told['LanguageTold'];
export type AvatarCard = Told['AvatarTold'];
export type Sample = Told['Sample'];
export type Template = Told['TemplateTold'];
export type TemplateVariable = Told['VariableTold'];
export type Music = Told['MusicTold'];
export type Effect = Told['EffectTold'];
export type SoundCard = Music | Effect;
export type Font = Told['FontTold'];
export type Choices = Told['Choices'];

export type StageBox = Told['StageBox'];
export type Still = Told['Still'];
export type Timeline = Told['Timeline'];
export type TimedWord = Told['PlacedWord'];
export type TimedScene = Told['SceneSpan'];

export type ProblemBody = Told['ProblemDetails'];
export type Preview = Told['Preview'];
export type Render = Told['Render'];
export type RenderFile = Told['RenderFile'];
export type JobState = Render['state'];

/** What is to be rendered, and how; what is left out is as usual. */
export interface RenderOrder {
  project_id: string;
  name?: string;
  format?: Render['options']['format'];
  resolution?: number;
  preset?: string;
  companions?: string[];
}

/** How far a render or a preview has come. */
export type Progress = Pick<Render, 'id' | 'project_id' | 'progress' | 'stage' | 'seconds_left'>;

export type Point = [number, number];

export interface MarkedEye {
  left: Point;
  right: Point;
  upper: Point;
  lower: Point;
  pupil?: Point;
}

export interface MarkedFace {
  name?: string;
  kind?: 'person' | 'animal' | 'drawing' | 'thing';
  mouth: {
    left: Point;
    right: Point;
    upper: Point[];
    lower?: Point[];
    upper_rim?: Point;
    lower_rim?: Point;
    style?: 'line' | 'lips' | 'auto';
  };
  chin: Point;
  nose?: Point;
  eyes?: MarkedEye[];
  top?: Point;
  left_side?: Point;
  right_side?: Point;
}

/** Where the faces of a picture are, set by hand (`rig.1`). */
export interface Marks {
  schema: 'rig.1';
  units: 'px' | 'share';
  picture?: [number, number];
  faces: MarkedFace[];
}
