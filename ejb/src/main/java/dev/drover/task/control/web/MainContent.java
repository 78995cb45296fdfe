// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Finds the part of a page that people come for. A page that marks it ({@code main}, {@code article}, their ARIA roles)
 * is believed; otherwise the element with the densest running text is taken, scored as Arc90's Readability does:
 * paragraphs give points to their parents, links take them away.
 */
final class MainContent {

    private static final String MAIN = "main, [role=main]";
    private static final String ARTICLE = "article, [role=article]";
    private static final String NOISE = String.join(
            ", ",
            "nav",
            "aside",
            "footer",
            "dialog",
            "menu",
            "button",
            "select",
            "input",
            "textarea",
            "[role=navigation]",
            "[role=complementary]",
            "[role=banner]",
            "[role=contentinfo]",
            "[role=search]",
            "[role=dialog]",
            "[role=alertdialog]",
            "[role=menu]",
            "[role=toolbar]",
            "[aria-hidden=true]");
    private static final String NEVER_TEXT =
            "script, style, noscript, template, iframe, object, embed, canvas, svg, link, meta, [hidden]";
    private static final Pattern NOISY_NAME = Pattern.compile(
            "(^|[\\s_-])(ad|ads|advert\\w*|banner|breadcrumbs?|consent|cookies?|newsletter|pager|pagination|popup|promo"
                    + "|related|share|sharing|sidebar|skip-link|social|sponsor\\w*|subscribe|toolbar|widget)($|[\\s_-])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PROMISING_NAME = Pattern.compile(
            "(^|[\\s_-])(article|blog|body|content|entry|main|page|post|story|text)($|[\\s_-])",
            Pattern.CASE_INSENSITIVE);

    /** Below this share of the text, one article among several is not what the page is about. */
    private static final double MOST = 0.6;

    private static final int SHORTEST_PARAGRAPH = 25;
    private static final double LEAST_SCORE = 8;

    private MainContent() {}

    /** The main part of the page, out of which everything that is no content was taken; the document is changed. */
    static Element of(Document document) {
        withoutInvisible(document.body());
        Element main = marked(document).or(() -> densest(document)).orElse(document.body());
        main.select(NOISE).remove();
        // Some frameworks wrap the whole page in a form, and some name it after what it only begins with.
        int enough = textLength(main) / 3;
        main.getAllElements().stream()
                .filter(element -> element.normalName().equals("form")
                        || NOISY_NAME.matcher(names(element)).find())
                .filter(element -> !element.equals(main) && textLength(element) < enough)
                .toList()
                .forEach(Element::remove);
        return main;
    }

    /** Takes out what is never shown as text. */
    static Element withoutInvisible(Element element) {
        element.select(NEVER_TEXT).remove();
        return element;
    }

    private static Optional<Element> marked(Document document) {
        Optional<Element> main = longest(document.select(MAIN));
        List<Element> articles = (main.isPresent() ? main.get() : document.body()).select(ARTICLE);
        int all = articles.stream().mapToInt(MainContent::textLength).sum();
        Optional<Element> article = longest(articles)
                .filter(longest -> textLength(longest)
                        > MOST * Math.max(all, main.map(MainContent::textLength).orElse(0)));
        return article.or(() -> main).filter(found -> textLength(found) > 0);
    }

    private static Optional<Element> densest(Document document) {
        Map<Element, Double> scores = new HashMap<>();
        for (Element paragraph : document.body().select("p, pre, blockquote, td, dd")) {
            String text = paragraph.text();
            Element parent = paragraph.parent();
            if (text.length() >= SHORTEST_PARAGRAPH && parent != null) {
                double points = 1 + commas(text) + Math.min(3, text.length() / 100.0);
                scores.merge(parent, points, Double::sum);
                Element grandparent = parent.parent();
                if (grandparent != null) {
                    scores.merge(grandparent, points / 2, Double::sum);
                }
            }
        }
        scores.replaceAll((element, score) -> (score + bonus(element)) * (1 - linkDensity(element)));
        return scores.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .filter(best -> best.getValue() >= LEAST_SCORE)
                .map(Map.Entry::getKey);
    }

    private static Optional<Element> longest(List<Element> elements) {
        return elements.stream().max(Comparator.comparingInt(MainContent::textLength));
    }

    private static double bonus(Element element) {
        String names = names(element);
        return (PROMISING_NAME.matcher(names).find() ? 25 : 0)
                - (NOISY_NAME.matcher(names).find() ? 25 : 0);
    }

    private static double linkDensity(Element element) {
        int links =
                element.select("a").stream().mapToInt(MainContent::textLength).sum();
        return Math.min(1, (double) links / Math.max(1, textLength(element)));
    }

    private static long commas(String text) {
        return text.chars().filter(c -> c == ',' || c == '，' || c == '、').count();
    }

    private static int textLength(Element element) {
        return element.text().length();
    }

    private static String names(Element element) {
        return element.className() + " " + element.id();
    }
}
