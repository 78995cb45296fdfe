// SPDX-License-Identifier: Apache-2.0
import DesktopIcon from "@patternfly/react-icons/dist/esm/icons/desktop-icon";
import { useEffect, useRef, useState } from "react";
import { fetchBlob } from "../api/client";
import type { Session } from "../api/types";
import { isOpen, thumbnailPath } from "./sessions";
import { Thumbnails } from "./thumbnails";

const thumbnails = new Thumbnails({
  fetch: (id, signal) => fetchBlob(thumbnailPath(id), signal),
  isVisible: () => document.visibilityState === "visible",
  everyMs: 10_000,
  pauseMs: 1_000,
});

/** What the page of a session looks like, taken now and then while it can be seen here. */
export function Thumbnail({ session }: { session: Session }) {
  const box = useRef<HTMLDivElement>(null);
  const [url, setUrl] = useState<string>();
  const { id } = session;
  const isAlive = isOpen(session);

  useEffect(() => {
    if (!isAlive) {
      return;
    }
    let stop: (() => void) | undefined;
    const show = (picture: Blob | undefined) => {
      // The last picture stays where there is no new one.
      if (picture) {
        setUrl(URL.createObjectURL(picture));
      }
    };
    const observer = new IntersectionObserver(([entry]) => {
      stop?.();
      stop = entry?.isIntersecting ? thumbnails.watch(id, show) : undefined;
    });
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      stop?.();
      setUrl(undefined);
    };
  }, [id, isAlive]);

  useEffect(() => {
    if (url) {
      return () => URL.revokeObjectURL(url);
    }
  }, [url]);

  return (
    <div
      className="drover-thumbnail"
      ref={box}
      data-testid="thumbnail"
      data-alive={isAlive}
      data-there={url !== undefined}
    >
      {url ? <img src={url} alt="" /> : <DesktopIcon aria-hidden />}
    </div>
  );
}
