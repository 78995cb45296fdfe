// SPDX-License-Identifier: Apache-2.0

export interface ThumbnailOptions {
  fetch: (id: string, signal: AbortSignal) => Promise<Blob>;
  /** Whether anybody looks. */
  isVisible: () => boolean;
  /** How old a picture may get. */
  everyMs: number;
  /** Between two pictures, of whatever sessions. */
  pauseMs: number;
}

interface Watched {
  onPicture: (picture: Blob | undefined) => void;
  /** When its last picture was asked for. */
  asked: number;
}

/**
 * Keeps pictures of sessions fresh without being a burden: each takes the server a while, so they are taken one after
 * the other, the one that was waited for longest first, and none while nobody looks.
 */
export class Thumbnails {
  private readonly watched = new Map<string, Watched>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private abort: AbortController | undefined;

  constructor(private readonly options: ThumbnailOptions) {}

  /** @param onPicture hears of each picture; of undefined when there is none. Returns how to stop. */
  watch(id: string, onPicture: (picture: Blob | undefined) => void): () => void {
    const mine = { onPicture, asked: Number.NEGATIVE_INFINITY };
    this.watched.set(id, mine);
    this.schedule(0);
    return () => {
      if (this.watched.get(id) === mine) {
        this.watched.delete(id);
      }
      if (this.watched.size === 0) {
        clearTimeout(this.timer);
        this.timer = undefined;
        this.abort?.abort();
      }
    };
  }

  private schedule(ms: number): void {
    this.timer ??= setTimeout(() => void this.takeNext(), ms);
  }

  private async takeNext(): Promise<void> {
    const next = this.due();
    if (next) {
      await this.take(...next);
    }
    this.timer = undefined;
    if (this.watched.size > 0) {
      this.schedule(this.options.pauseMs);
    }
  }

  private due(): [string, Watched] | undefined {
    if (!this.options.isVisible()) {
      return undefined;
    }
    const [oldest] = [...this.watched].sort(([, one], [, other]) => one.asked - other.asked);
    return oldest && Date.now() - oldest[1].asked >= this.options.everyMs ? oldest : undefined;
  }

  private async take(id: string, one: Watched): Promise<void> {
    one.asked = Date.now();
    this.abort = new AbortController();
    let picture: Blob | undefined;
    try {
      picture = await this.options.fetch(id, this.abort.signal);
    } catch {
      picture = undefined; // Busy, on another node, or over: the list itself says which.
    }
    if (this.watched.get(id) === one) {
      one.onPicture(picture);
    }
  }
}
