// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The text of a page, or of an element on it, as Markdown, as plain text, or as the HTML that the browser holds. */
public final class ContentTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(ContentTask.class, "content.task.json");
    private static final int LONGEST = 10_000_000;

    /** The element's HTML without what the page does not show; only the browser knows that. */
    private static final String SHOWN = """
            root => {
              // A copy in another document stays lifeless: no script or custom element of the page wakes up in it.
              const copy = document.implementation.createHTMLDocument('').importNode(root, true);
              const originals = root.querySelectorAll('*');
              const hidden = [...copy.querySelectorAll('*')].filter((_, i) => {
                const style = getComputedStyle(originals[i]);
                return style.display === 'none' || style.visibility === 'hidden';
              });
              hidden.forEach(element => element.remove());
              return {html: copy.outerHTML, title: document.title, base: document.baseURI};
            }""";

    private static final String WHOLE = """
            root => {
              const type = root === document.documentElement && document.doctype
                ? new XMLSerializer().serializeToString(document.doctype) + '\\n' : '';
              return {html: type + root.outerHTML, title: document.title, base: document.baseURI};
            }""";

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        ObjectNode params = context.params();
        String url = params.get("url").asText();
        String format = params.get("format").asText();
        WebPage web = new WebPage(context);

        context.progress("loading", 10, "Opening " + url);
        web.open(url, "load");

        context.progress("reading", 60, "Reading the page");
        boolean wholePage = !params.has("selector");
        String selector = wholePage ? "html" : params.get("selector").asText();
        Map<?, ?> read = (Map<?, ?>)
                web.attached(selector, WebPage.ELEMENT_WAIT).evaluate(format.equals("html") ? WHOLE : SHOWN);
        String html = String.valueOf(read.get("html"));
        String content =
                format.equals("html") ? html : written(html, String.valueOf(read.get("base")), wholePage, format);
        if (content.length() > LONGEST) {
            throw new TaskFailure(
                    ErrorCategory.TOO_LARGE,
                    "content_too_large",
                    "The content has %d characters; at most %d are kept. Name a part of the page with 'selector'."
                            .formatted(content.length(), LONGEST));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("url", web.page().url())
                .put("title", String.valueOf(read.get("title")))
                .put("format", format)
                .put("content", content);
    }

    private static String written(String html, String base, boolean wholePage, String format) {
        Document document = Jsoup.parse(html, base);
        Element content = wholePage ? MainContent.of(document) : MainContent.withoutInvisible(document.body());
        return format.equals("text") ? PlainText.of(content) : Markdown.of(content);
    }
}
