// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static dev.drover.task.control.FakeTaskContext.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.ParamsCheck.Accepted;
import dev.drover.task.control.ParamsCheck.Refused;
import dev.drover.task.control.ParamsCheck.Violation;
import org.junit.jupiter.api.Test;

class ParamsValidatorTest {

    private final ParamsValidator validator = new ParamsValidator(json("""
            {
              type: 'object',
              required: ['url'],
              additionalProperties: false,
              properties: {
                url: {type: 'string', format: 'uri', pattern: '^https?://', errorMessage: {pattern: 'must be an http address'}},
                format: {type: 'string', enum: ['png', 'jpeg'], default: 'png'},
                width: {type: 'integer', minimum: 1, maximum: 100, default: 10},
                'a/b~c': {type: 'string'},
                box: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['x'],
                  properties: {x: {type: 'number'}, unit: {type: 'string', default: 'px'}}
                },
                list: {type: 'array', items: {type: 'object', additionalProperties: false, properties: {n: {type: 'integer'}}}}
              }
            }"""));

    @Test
    void defaultsAreFilledInAndWhatWasGivenStays() {
        ObjectNode given = json("{url: 'https://example.com/', width: 20, box: {x: 1}}");

        assertThat(validator.check(given))
                .isEqualTo(new Accepted(
                        json("{url: 'https://example.com/', width: 20, box: {x: 1, unit: 'px'}, format: 'png'}")));
        assertThat(given).isEqualTo(json("{url: 'https://example.com/', width: 20, box: {x: 1}}"));
    }

    @Test
    void aMissingFieldIsPointedAt() {
        assertRefused("{}", new Violation("/url", "is required"));
        assertRefused("{url: 'http://a/', box: {}}", new Violation("/box/x", "is required"));
    }

    @Test
    void anUnknownFieldIsPointedAtWhereverItIs() {
        assertRefused("{url: 'http://a/', colour: 1}", new Violation("/colour", "is not a known field"));
        assertRefused("{url: 'http://a/', 'x/y~z': 1}", new Violation("/x~1y~0z", "is not a known field"));
        assertRefused(
                "{url: 'http://a/', list: [{}, {n: 1, m: 2}]}", new Violation("/list/1/m", "is not a known field"));
    }

    @Test
    void aWrongTypeIsNamedWithTheRightOne() {
        assertRefused("{url: 'http://a/', width: 'wide'}", new Violation("/width", "must be integer, not string"));
        assertRefused("{url: 'http://a/', 'a/b~c': 1}", new Violation("/a~1b~0c", "must be string, not integer"));
        assertRefused(
                "{url: 'http://a/', list: [{n: 'x'}]}", new Violation("/list/0/n", "must be integer, not string"));
    }

    @Test
    void rangesAndChoicesAreSpeltOut() {
        assertRefused("{url: 'http://a/', width: 0}", new Violation("/width", "must be at least 1"));
        assertRefused("{url: 'http://a/', width: 101}", new Violation("/width", "must be at most 100"));
        assertRefused("{url: 'http://a/', format: 'gif'}", new Violation("/format", "must be one of png, jpeg"));
    }

    @Test
    void formatsAreAsserted() {
        assertThat(validator.check(json("{url: 'https://a b/'}"))).isInstanceOf(Refused.class);
        assertRefused("{url: 'ftp://a/'}", new Violation("/url", "must be an http address"));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        Refused refused = (Refused) validator.check(json("{width: 0, format: 1, colour: 2}"));

        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .containsOnly("/colour", "/format", "/url", "/width");
    }

    @Test
    void whatIsNoObjectIsRefusedAsAWhole() {
        assertThat(validator.check(json("{a: [1]}").get("a")))
                .isEqualTo(new Refused(java.util.List.of(new Violation("", "must be an object"))));
    }

    @Test
    void aSchemaThatIsNoneHasFlaws() {
        assertThat(ParamsValidator.flawsOf(json("{type: 'objekt'}"))).isNotEmpty();
        assertThat(ParamsValidator.flawsOf(json("{type: 'object', properties: {a: {minimum: 'x'}}}")))
                .isNotEmpty();
        assertThat(ParamsValidator.flawsOf(json("{type: 'object'}"))).isEmpty();
    }

    private void assertRefused(String params, Violation violation) {
        assertThat(validator.check(json(params))).isEqualTo(new Refused(java.util.List.of(violation)));
    }
}
