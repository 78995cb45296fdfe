// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static dev.drover.task.control.FakeTaskContext.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.BrowserForTests;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.FakeTaskContext;
import dev.drover.task.control.FakeTaskContext.Ran;
import dev.drover.task.control.ParamsCheck.Refused;
import dev.drover.task.control.ParamsCheck.Violation;
import dev.drover.task.control.ParamsValidator;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserForTests.class)
class ExtractTaskTest {

    private final SampleSites sites;
    private final Page page;

    ExtractTaskTest(SampleSites sites, Page page) {
        this.sites = sites;
        this.page = page;
    }

    @Test
    void recordsNestAsTheFieldsDo() throws Exception {
        JsonNode result = extract("/shop", """
                {
                  heading: {selector: 'h1'},
                  count: {selector: '#count', type: 'integer'},
                  products: {selector: '.product', all: true, fields: {
                    sku: {attribute: 'data-sku'},
                    name: {selector: 'h2'},
                    link: {selector: 'h2 a', type: 'url'},
                    price: {selector: '.price', type: 'number'},
                    in_stock: {selector: '.stock', type: 'boolean'},
                    sizes: {selector: '.sizes li', all: true},
                    reviews: {selector: '.review', all: true, optional: true, fields: {
                      author: {selector: '.author'},
                      stars: {selector: '.stars', attribute: 'data-stars', type: 'integer'}
                    }}
                  }}
                }""");

        assertThat(result.get("heading").asText()).isEqualTo("Catalogue");
        assertThat(result.get("count").asInt()).isEqualTo(17);
        assertThat(result.get("products")).hasSize(6);
        assertThat(result.get("products").get(1).toString())
                .isEqualTo(json("""
                {
                  sku: 'HB-002', name: 'Hemp rope', link: '%s', price: 19, in_stock: true, sizes: ['S', 'M', 'L'],
                  reviews: [{author: 'Mira', stars: 5}, {author: 'Jonas', stars: 4}]
                }""".formatted(sites.url("/shop/item/2"))).toString());
        assertThat(result.get("products").get(0).get("price").asDouble()).isEqualTo(11.75);
        assertThat(result.get("products").get(4).get("in_stock").asBoolean()).isFalse();
        assertThat(result.get("products").get(2).get("reviews")).isEmpty();
    }

    @Test
    void whatComesLateIsWaitedFor() throws Exception {
        JsonNode result = extract(
                "/shop?late=900",
                "{tips: {selector: '.recommendation', all: true, fields: {name: {selector: 'b'}, price: {selector: '.price', type: 'number'}}}}");

        assertThat(result.get("tips")).hasSize(3);
        assertThat(result.get("tips").get(0).toString()).isEqualTo("{\"name\":\"Fog horn\",\"price\":127.75}");
    }

    @Test
    void whatIsOptionalIsNotWaitedFor() throws Exception {
        JsonNode result = extract("/article", """
                {
                  none: {selector: '#none', optional: true},
                  list: {selector: '.none', all: true, optional: true},
                  record: {selector: '#none', optional: true, fields: {a: {selector: 'b'}}},
                  flag: {selector: '#none', type: 'boolean'},
                  attribute: {selector: 'h1', attribute: 'title', optional: true}
                }""");

        assertThat(result).isEqualTo(json("{none: null, list: [], record: null, flag: false, attribute: null}"));
    }

    @Test
    void scopeIsTheElementItself() throws Exception {
        JsonNode result = extract(
                "/article",
                "{page: {selector: ':scope', attribute: 'lang'}, links: {selector: 'aside li > a', all: true, fields: {text: {selector: ':scope'}, to: {selector: ':scope', attribute: 'href'}}}, items: {selector: 'ol', fields: {direct: {selector: ':scope > li', all: true}}}}");

        assertThat(result.get("page").asText()).isEqualTo("en");
        assertThat(result.get("links").get(0).toString())
                .isEqualTo("{\"text\":\"Herring prices fall again\",\"to\":\"/sites/a/1\"}");
        assertThat(result.get("items").get("direct")).hasSize(3);
        assertThat(result.get("items").get("direct").get(1).asText())
                .isEqualTo("Trim the wick, then: clean the chimney, check the oil.");
    }

    @Test
    void numbersAreFoundInTheirUsualClothes() throws Exception {
        page.setContent("""
                <p>1,234.50 €</p><p>1.234,50</p><p>CHF 1’234.50</p><p>12,5 %</p><p>-3</p><p>\u22127.25</p><p>1,234</p>
                <p>1.234.567</p><p>.5 l</p><p>3.14159</p><p>5 000</p>""");

        assertThat(read("{n: {selector: 'p', all: true, type: 'number'}}").toString())
                .isEqualTo("{\"n\":[1234.5,1234.5,1234.5,12.5,-3,-7.25,1234,1234567,0.5,3.14159,5000]}");
    }

    @Test
    void formFieldsGiveTheirValues() throws Exception {
        page.setContent("""
                <input id=a value=x><input id=b type=checkbox checked><select id=c><option value=1>one<option value=2 selected>two</select>
                <div id=d>a <b>b</b></div><img id=e src=/p.png><p id=f>no</p>""");

        assertThat(read("""
                {a: {selector: '#a'}, b: {selector: '#b', type: 'boolean'}, c: {selector: '#c', type: 'integer'},
                 d: {selector: '#d', type: 'html'}, f: {selector: '#f', type: 'boolean'}}""").toString()).isEqualTo("{\"a\":\"x\",\"b\":true,\"c\":2,\"d\":\"a <b>b</b>\",\"f\":false}");
    }

    @Test
    void aMissingFieldIsPointedAtWithItsItem() throws Exception {
        TaskFailure failure = run(
                        Duration.ofSeconds(3),
                        "/shop",
                        "{products: {selector: '.product', all: true, fields: {stock: {selector: '.stock'}}}}")
                .failure();

        assertThat(failure.category()).isEqualTo(ErrorCategory.MISSING_SELECTOR);
        assertThat(failure)
                .hasMessageContaining("/fields/products/fields/stock (item 5): no element that matches '.stock'");
    }

    @Test
    void aValueOfTheWrongTypeIsPointedAt() throws Exception {
        TaskFailure failure = run(Duration.ofSeconds(3), "/shop", "{price: {selector: 'h1', type: 'number'}}")
                .failure();

        assertThat(failure.category()).isEqualTo(ErrorCategory.EXPECTATION);
        assertThat(failure.code()).isEqualTo("wrong_type");
        assertThat(failure).hasMessageContaining("/fields/price: 'Catalogue'");
    }

    @Test
    void aSelectorThatDoesNotParseFailsAtOnce() throws Exception {
        TaskFailure failure =
                run(Duration.ofSeconds(20), "/shop", "{a: {selector: 'div[['}}").failure();

        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_INPUT);
        assertThat(failure).hasMessageContaining("/fields/a: 'div[['");
    }

    @Test
    void aPageThatMovesOnIsReadWhereItArrives() throws Exception {
        page.navigate(sites.url("/blank"));
        page.evaluate("to => { setTimeout(() => location.href = to, 300); }", sites.url("/article"));

        assertThat(read("{title: {selector: 'h1'}}").get("title").asText()).isEqualTo("How a lighthouse keeps time");
    }

    @Test
    void theSchemaRefusesWhatMakesNoSense() {
        ParamsValidator validator =
                new ParamsValidator(new ExtractTask().descriptor().paramsSchema());

        assertThat(
                        validator.check(
                                json(
                                        "{url: 'http://a/', fields: {a: {fields: {b: {sort: 1}}}, c: {type: 'text'}, d: {type: 'url', fields: {e: {}}}}}")))
                .isEqualTo(new Refused(List.of(
                        new Violation("/fields/a/fields/b/sort", "is not a known field"),
                        new Violation("/fields/c/type", "must be one of string, number, integer, boolean, url, html"),
                        new Violation("/fields/d/type", "does not go with the other fields here"))));
        assertThat(validator.check(json("{url: 'http://a/', fields: {}}"))).isInstanceOf(Refused.class);
    }

    private JsonNode read(String fields) {
        FakeTaskContext context = FakeTaskContext.around(page, Duration.ofSeconds(10));
        return new Extraction(new WebPage(context)).read(json(fields), "/fields", Duration.ofSeconds(5));
    }

    private JsonNode extract(String path, String fields) throws InterruptedException {
        return run(Duration.ofSeconds(20), path, fields).result();
    }

    private Ran run(Duration time, String path, String fields) throws InterruptedException {
        return FakeTaskContext.run(
                new ExtractTask(), page, time, "{url: '%s', fields: %s}".formatted(sites.url(path), fields));
    }
}
