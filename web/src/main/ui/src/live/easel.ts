// SPDX-License-Identifier: Apache-2.0
import type { Size } from "./protocol";

/** Draws pictures as fast as the tab can; of those that come in the meantime, only the latest. */
export class Easel {
  private next: Blob | undefined;
  private isBusy = false;
  private isGone = false;

  /** @param onDrawn is told of every picture that is on the canvas */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onDrawn: (size: Size) => void,
  ) {}

  show(picture: Blob): void {
    this.next = picture;
    if (!this.isBusy) {
      void this.drawAll();
    }
  }

  close(): void {
    this.isGone = true;
    this.next = undefined;
  }

  private async drawAll(): Promise<void> {
    this.isBusy = true;
    while (this.next && !this.isGone) {
      const picture = this.next;
      this.next = undefined;
      await this.draw(picture);
    }
    this.isBusy = false;
  }

  private async draw(picture: Blob): Promise<void> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(picture);
    } catch {
      return; // Cut off on its way: the next one is as good.
    }
    // A hidden tab has no frames to draw: the pictures wait here, and all but the last are dropped.
    await new Promise(requestAnimationFrame);
    if (!this.isGone) {
      const { width, height } = bitmap;
      if (this.canvas.width !== width || this.canvas.height !== height) {
        this.canvas.width = width;
        this.canvas.height = height;
      }
      this.canvas.getContext("2d", { alpha: false })?.drawImage(bitmap, 0, 0);
      this.onDrawn({ width, height });
    }
    bitmap.close();
  }
}
