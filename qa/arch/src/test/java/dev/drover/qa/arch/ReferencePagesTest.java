// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.control.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators look up is what the code does. */
class ReferencePagesTest {

    @Test
    void everyConfigurationKeyIsAConstantOfItsRoomsSettings() {
        fields().that()
                .haveRawType(ConfigKey.class)
                .should()
                .bePublic()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal()
                .andShould()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Settings")
                .check(House.allClasses());
    }

    @Test
    void noTwoConfigurationKeysShareAName() {
        List<String> names = ConfigurationKeys.byRoom().values().stream()
                .flatMap(List::stream)
                .map(ConfigKey::name)
                .toList();

        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void everyVariableOfTheServersConfigurationIsDocumented() throws IOException {
        Set<String> documented = new HashSet<>(ServerVariable.DERIVED);
        ConfigurationKeys.byRoom().values().stream().flatMap(List::stream).forEach(key -> {
            documented.add(key.variable());
            documented.addAll(key.aliases());
        });
        Stream.of(ServerVariable.ofTheServer(), ServerVariable.OF_THE_SCRIPTS)
                .flatMap(List::stream)
                .map(ServerVariable::name)
                .forEach(documented::add);

        assertThat(documented).containsAll(ServerVariable.declared().keySet());
    }

    @Test
    void theConfigurationPageIsWhatTheKeysAre() throws IOException {
        ConfigurationPages.reference().isCurrent();
    }

    @Test
    void theExampleEnvironmentIsWhatTheKeysAre() throws IOException {
        ConfigurationPages.example().isCurrent();
    }

    @Test
    void theLogPageIsWhatTheServerLogs() throws IOException {
        LogPage.page().isCurrent();
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        String page = House.read(House.CHECKOUT.resolve("docs/reference/metrics.md"));

        assertThat(metrics()).isNotEmpty().allMatch(name -> page.contains("`" + name), "has a line in metrics.md");
    }

    private static Set<String> metrics() throws IOException {
        Pattern name = Pattern.compile("\"(drover_[a-z_]+)\"");
        Set<String> names = new TreeSet<>();
        for (House module : House.values()) {
            try (Stream<Path> files = Files.walk(module.sources())) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(House::read)
                        .filter(source -> source.contains("org.eclipse.microprofile.metrics"))
                        .forEach(source -> {
                            Matcher found = name.matcher(source);
                            while (found.find()) {
                                names.add(found.group(1));
                            }
                        });
            }
        }
        return names;
    }
}
