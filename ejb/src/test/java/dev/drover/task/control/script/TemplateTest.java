// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import static dev.drover.task.control.FakeTaskContext.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.task.control.TaskFailure;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private final Variables variables = new Variables(json("""
            {name: 'Ada', cost: '$1', none: null, count: 3, rows: [{title: 'one'}, {title: 'two'}], on: true}"""));

    @Test
    void placesAreFilledIn() {
        assertThat(filledIn("${name} has ${count}, ${on}, '${none}'")).isEqualTo("Ada has 3, true, ''");
        assertThat(filledIn("${rows.1.title} of ${ rows }"))
                .isEqualTo("two of [{\"title\":\"one\"},{\"title\":\"two\"}]");
    }

    @Test
    void whatIsNoPlaceStays() {
        assertThat(filledIn("$${name} $name {name} ${} ${cost}")).isEqualTo("${name} $name {name} ${} $1");
    }

    @Test
    void anUnknownVariableIsNamed() {
        assertThatThrownBy(() -> filledIn("${rows.2.title}"))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("'rows.2.title'");
    }

    @Test
    void valuesAreFilledInAllTheWayDown() {
        assertThat(variables.fillIn(json("{a: ['${name}', 1], b: {c: 'x${count}'}}")))
                .isEqualTo(json("{a: ['Ada', 1], b: {c: 'x3'}}"));
    }

    @Test
    void textsAgreeInThreeWays() {
        assertThat(Match.CONTAINS.holds("b c", " a b\n  c d")).isTrue();
        assertThat(Match.EQUALS.holds("a b", " a\u00a0b ")).isTrue();
        assertThat(Match.EQUALS.holds("a", "a b")).isFalse();
        assertThat(Match.MATCHES.holds("^no\\. \\d+$", "no. 17")).isTrue();
    }

    @Test
    void aSearchThatWouldNeverEndIsStopped() {
        assertThatThrownBy(() -> Match.MATCHES.holds("(a+)+b\\1", "a".repeat(60)))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("too long");
    }

    private String filledIn(String text) {
        return variables.fillIn(new Template(text));
    }
}
