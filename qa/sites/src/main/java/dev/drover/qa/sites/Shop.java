// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A chandler's shop: a catalogue in pages, products with variants and reviews, recommendations that come late. */
final class Shop {

    private static final int PER_PAGE = 6;
    private static final List<String> NAMES = List.of(
            "Storm lantern",
            "Hemp rope",
            "Oilskin coat",
            "Brass compass",
            "Tide table",
            "Signal flag",
            "Cork float",
            "Deck brush",
            "Wool cap",
            "Tin kettle",
            "Canvas bag",
            "Ship's bell",
            "Marlin spike",
            "Sounding lead",
            "Chart ruler",
            "Sea boots",
            "Fog horn");

    private record Review(String author, int stars, String text) {}

    private record Product(
            int number, String name, double price, boolean inStock, List<String> sizes, List<Review> reviews) {
        static Product of(int number) {
            List<Review> reviews = IntStream.range(0, number % 3)
                    .mapToObj(i -> new Review(
                            i == 0 ? "Mira" : "Jonas",
                            5 - i,
                            i == 0 ? "Just what I needed." : "Good, if a little heavy."))
                    .toList();
            return new Product(
                    number,
                    NAMES.get(number - 1),
                    4.5 + number * 7.25,
                    number % 5 != 0,
                    number % 2 == 0 ? List.of("S", "M", "L") : List.of("one size"),
                    reviews);
        }

        String card() {
            return """
                    <article class="card product" data-sku="HB-%03d">
                    <h2><a href="/sites/shop/item/%d">%s</a></h2>
                    <p class="price" data-amount="%s">€ %s</p>
                    %s
                    <ul class="sizes">%s</ul>
                    <ul class="reviews">%s</ul>
                    </article>
                    """.formatted(
                            number,
                            number,
                            name,
                            amount(),
                            amount(),
                            inStock ? "<p class=\"badge stock\">in stock</p>" : "",
                            sizes.stream().map(size -> "<li>" + size + "</li>").collect(Collectors.joining()),
                            reviews.stream()
                                    .map(review ->
                                            "<li class=\"review\"><b class=\"author\">%s</b>, <span class=\"stars\" data-stars=\"%d\">%s</span> <q>%s</q></li>"
                                                    .formatted(
                                                            review.author(),
                                                            review.stars(),
                                                            "★".repeat(review.stars()),
                                                            review.text()))
                                    .collect(Collectors.joining()));
        }

        String amount() {
            return String.format(Locale.ROOT, "%.2f", price);
        }
    }

    private static final List<Product> PRODUCTS =
            IntStream.rangeClosed(1, NAMES.size()).mapToObj(Product::of).toList();

    private Shop() {}

    static void addTo(Routes routes) {
        routes.at("/shop", Shop::catalogue)
                .at("/shop/item/", Shop::item)
                .at("/shop/recommended.json", Shop::recommended);
    }

    private static Answer catalogue(Visit visit) {
        int pages = (PRODUCTS.size() + PER_PAGE - 1) / PER_PAGE;
        int page = Math.clamp(visit.number("page", 1, 1000), 1, pages);
        int delay = visit.number("late", 600, 60_000);
        String cards = PRODUCTS.stream()
                .skip((long) (page - 1) * PER_PAGE)
                .limit(PER_PAGE)
                .map(Product::card)
                .collect(Collectors.joining());
        String links = IntStream.rangeClosed(1, pages)
                .mapToObj(number -> number == page
                        ? "<li><span aria-current=\"page\">" + number + "</span></li>"
                        : "<li><a href=\"/sites/shop?page=" + number + "\">" + number + "</a></li>")
                .collect(Collectors.joining());
        String next =
                page < pages ? "<li><a rel=\"next\" href=\"/sites/shop?page=" + (page + 1) + "\">Next</a></li>" : "";
        return Answer.html(Pages.text("shop.html")
                .replace("{{cards}}", cards)
                .replace("{{pages}}", links + next)
                .replace("{{page}}", String.valueOf(page))
                .replace("{{count}}", String.valueOf(PRODUCTS.size()))
                .replace("{{late}}", String.valueOf(delay)));
    }

    private static Answer item(Visit visit) {
        return PRODUCTS.stream()
                .filter(product -> String.valueOf(product.number()).equals(visit.lastSegment()))
                .findFirst()
                .map(product -> Answer.html(Pages.framed(product.name(), product.card())))
                .orElseGet(() -> Answer.html(404, Pages.notFound(visit.path())));
    }

    private static Answer recommended(Visit visit) throws InterruptedException {
        Thread.sleep(visit.number("ms", 0, 60_000));
        return Answer.json(PRODUCTS.reversed().stream()
                .limit(3)
                .map(product -> "{\"name\": \"%s\", \"price\": %s}".formatted(product.name(), product.amount()))
                .collect(Collectors.joining(", ", "[", "]")));
    }
}
