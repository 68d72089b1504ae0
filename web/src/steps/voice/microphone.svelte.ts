/** The microphone: its level while it is open, and what it recorded. */

const CLIPPED = 0.97;
const FAINT = 0.03;

export interface Take {
  number: number;
  sound: Blob;
  url: string;
  duration_s: number;
}

/** What browsers can record, the best first. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** Why there is nothing to be heard: it may not be used, there is none, or pages like this one may never. */
export type Silence = 'refused' | 'absent' | 'insecure';

export class Microphone {
  /** 0 to 1, while recording. */
  level = $state(0);
  recording = $state(false);
  paused = $state(false);
  elapsed_s = $state(0);
  takes = $state.raw<Take[]>([]);
  failed = $state<Silence | null>(null);
  /** Loudest and typical level of this take so far. */
  peak = $state(0);

  #stream: MediaStream | null = null;
  #recorder: MediaRecorder | null = null;
  #context: AudioContext | null = null;
  #frame = 0;
  /** When this stretch began, and how long those before it were. */
  #begun_ms = 0;
  #before_s = 0;
  #project: string | null = null;
  #number = 0;

  get tooLoud(): boolean {
    return this.peak >= CLIPPED;
  }

  /** A few seconds have passed, and hardly anything was heard. */
  get tooSoft(): boolean {
    return this.recording && this.elapsed_s > 3 && this.peak < FAINT;
  }

  /** Takes belong to a project: those of another one are forgotten. */
  of(project: string | null): void {
    if (project === this.#project) return;
    this.#project = project;
    this.takes.forEach((take) => URL.revokeObjectURL(take.url));
    this.takes = [];
    this.#number = 0;
  }

  async start(): Promise<void> {
    this.failed = null;
    // Browsers lend it only to pages with an https address, and to those of the own computer.
    if (!navigator.mediaDevices) {
      this.failed = 'insecure';
      return;
    }
    try {
      // What a browser does for calls (echo, gain) makes a voice dull; noise can be taken away later.
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
    } catch (error) {
      this.failed = (error as DOMException).name === 'NotFoundError' ? 'absent' : 'refused';
      return;
    }
    // Pulled out: what was said until then is a take.
    this.#stream.getTracks().forEach((track) => (track.onended = () => this.stop()));
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(this.#stream, type ? { mimeType: type } : {});
    const pieces: Blob[] = [];
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = () => this.#keep(new Blob(pieces, { type: recorder.mimeType }));
    this.#recorder = recorder;
    this.#begun_ms = performance.now();
    this.#before_s = 0;
    this.peak = 0;
    this.paused = false;
    this.recording = true;
    this.#watch(this.#stream);
    recorder.start();
  }

  stop(): void {
    this.#recorder?.stop();
    this.#release();
  }

  /** Hold on for a while; what is said then is left out. */
  pause(): void {
    this.#recorder?.pause();
    this.#before_s = this.elapsed_s;
    this.paused = true;
  }

  resume(): void {
    this.#recorder?.resume();
    this.#begun_ms = performance.now();
    this.paused = false;
  }

  drop(take: Take): void {
    URL.revokeObjectURL(take.url);
    this.takes = this.takes.filter((one) => one !== take);
  }

  #keep(sound: Blob): void {
    this.#number += 1;
    const take = { number: this.#number, sound, url: URL.createObjectURL(sound), duration_s: this.elapsed_s };
    this.takes = [take, ...this.takes];
  }

  #watch(stream: MediaStream): void {
    const context = new AudioContext();
    this.#context = context;
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      let loudest = 0;
      for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
      this.level = Math.max(loudest, this.level * 0.85);
      if (!this.paused) {
        this.peak = Math.max(this.peak, loudest);
        this.elapsed_s = this.#before_s + (performance.now() - this.#begun_ms) / 1000;
      }
      this.#frame = requestAnimationFrame(look);
    };
    look();
  }

  #release(): void {
    cancelAnimationFrame(this.#frame);
    void this.#context?.close();
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#context = null;
    this.#stream = null;
    this.#recorder = null;
    this.recording = false;
    this.paused = false;
    this.level = 0;
  }
}

/** The one of this page: takes stay while somebody looks at something else. */
export const microphone = new Microphone();
