// SPDX-License-Identifier: Apache-2.0
import { Content } from "@patternfly/react-core";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";

/**
 * Markdown of a foreign page. Its HTML is not interpreted, its links open elsewhere and say nothing of where they were
 * followed from, and its pictures stay links: loading them would tell the site who reads.
 */
export default function Markdown({ text }: { text: string }) {
  return (
    <Content className="drover-markdown" data-testid="result-markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
          img: ({ src, alt }) => (
            <a href={typeof src === "string" ? src : undefined} target="_blank" rel="noreferrer noopener">
              {alt || "picture"}
            </a>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </Content>
  );
}
