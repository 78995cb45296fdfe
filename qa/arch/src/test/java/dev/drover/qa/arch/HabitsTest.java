// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How the code reads, as far as a machine can tell. */
class HabitsTest {

    @Test
    void everyPackageIsNullMarked() {
        for (House module : House.values()) {
            JavaClasses classes = module.classes();
            List<String> unmarked = module.packages().stream()
                    .filter(name -> !classes.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .toList();

            assertThat(unmarked)
                    .as("packages of " + module + " without @NullMarked")
                    .isEmpty();
        }
    }

    @Test
    void namesSayTheDomain() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.([A-Za-z]*[a-z])?(Manager|Helper|Util|Utils|Impl)([A-Z$].*)?")
                .check(House.allClasses());
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .that()
                // The beat of a thread that only watches, and goes on watching while the pool closes: nothing could
                // wake it.
                .doNotHaveFullyQualifiedName("dev.drover.browser.control.PlaywrightPool")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(House.allClasses());
    }

    @Test
    void nobodyPrints() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(House.allClasses());
    }

    @Test
    void everySourceNamesItsLicenceFirst() throws IOException {
        for (House module : House.values()) {
            try (Stream<Path> files = Files.walk(module.sources())) {
                List<Path> unnamed = files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !House.read(file).startsWith("// SPDX-License-Identifier: Apache-2.0\n"))
                        .toList();

                assertThat(unnamed).isEmpty();
            }
        }
    }
}
