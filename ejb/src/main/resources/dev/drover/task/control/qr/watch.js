// SPDX-License-Identifier: Apache-2.0
// Tells of every change of the picture in an element: a data URL of it, or 'picture' where the page does not give it away.
(root, name) => {
  const tell = window[name];
  const MARK = '__' + name;
  if (root[MARK]) {
    return;
  }
  root[MARK] = true;
  let last = '';
  let busy = false;
  let again = false;

  const target = () => (root.matches('img, canvas, svg') ? root : root.querySelector('img, canvas, svg'));

  const drawn = (image, width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0, width, height);
    return canvas.toDataURL('image/png');
  };

  const read = async () => {
    const found = target();
    if (!found) {
      return '';
    }
    if (found instanceof HTMLCanvasElement) {
      return found.toDataURL('image/png');
    }
    if (found instanceof HTMLImageElement) {
      if (!found.src) {
        return '';
      }
      if (/^data:image\/(png|jpeg|gif);base64,/.test(found.src)) {
        return found.src;
      }
      await found.decode();
      return drawn(found, found.naturalWidth || 400, found.naturalHeight || 400);
    }
    const copy = found.cloneNode(true);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', 400);
    copy.setAttribute('height', 400);
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    await image.decode();
    return drawn(image, 400, 400);
  };

  const look = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      let picture;
      try {
        picture = await read();
      } catch {
        picture = 'picture';
      }
      if (picture && picture !== last) {
        last = picture;
        tell(picture);
      }
    } while (again);
    busy = false;
  };

  new MutationObserver(look).observe(root, {attributes: true, childList: true, characterData: true, subtree: true});
  root.addEventListener('load', look, true);
  const timer = setInterval(() => {
    if (!root.isConnected) {
      clearInterval(timer);
    } else if (target() instanceof HTMLCanvasElement) {
      look();
    }
  }, 40);
  look();
}
