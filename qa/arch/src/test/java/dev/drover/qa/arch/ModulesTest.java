// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.drover.qa.arch.House.BROKER;
import static dev.drover.qa.arch.House.EJB;
import static dev.drover.qa.arch.House.PERSISTENCE;
import static dev.drover.qa.arch.House.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Modules are where the code is deployed: web → ejb → persistence, and nothing points back. */
class ModulesTest {

    @Test
    void everyPackageOfAModuleEndsWithTheModulesWord() {
        for (House module : new House[] {PERSISTENCE, EJB, WEB}) {
            String rooms = "dev\\.drover\\.[a-z]+\\." + module.lastWord() + "(\\..+)?";

            assertThat(module.packages()).isNotEmpty().allMatch(name -> name.matches(rooms), rooms);
        }
        assertThat(BROKER.packages()).containsExactly("dev.drover.broker");
    }

    @Test
    void noPackageLiesInTwoModules() {
        Map<String, House> owners = new HashMap<>();
        for (House module : House.values()) {
            for (String name : module.packages()) {
                assertThat(owners.put(name, module))
                        .as(name + " is also in " + module)
                        .isNull();
            }
        }
    }

    @Test
    void arrowsPointFromWebToEjbToPersistence() {
        noClasses()
                .that()
                .resideInAPackage("dev.drover.*.entity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.drover.*.control..", "dev.drover.*.boundary..")
                .check(House.allClasses());
        noClasses()
                .that()
                .resideInAPackage("dev.drover.*.control..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.drover.*.boundary..")
                .check(House.allClasses());
    }

    @Test
    void theResourceAdapterAndTheApplicationKnowNothingOfEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.drover.broker..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "belong to the application",
                        type -> type.getPackageName().startsWith("dev.drover.")
                                && !type.getPackageName().startsWith("dev.drover.broker")))
                .check(House.allClasses());
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.drover.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.drover.broker..")
                .check(House.allClasses());
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.drover.(*).(*)").should().beFreeOfCycles().check(House.allClasses());
    }

    @Test
    void theLanguageOfRequestsIsSpokenInTheBoundaryOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.drover.*.boundary..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "jakarta.websocket..", "jakarta.servlet..")
                .check(House.allClasses());
    }

    @Test
    void theDatabaseIsReachedFromEntityOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.drover.*.entity..")
                .should()
                .dependOnClassesThat(Libraries.databaseAccess())
                .check(House.allClasses());
    }

    @Test
    void theBrowserLibraryIsKnownToTheBrowserRoomAndToTasksOnly() {
        classes()
                .that()
                .resideOutsideOfPackages("dev.drover.browser.control..", "dev.drover.task.control..")
                // It hands the page from the one to the other: TaskContext.page() of the attempt that runs.
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.job.control.RunningAttempt")
                // Its only use is the method reference that gives that page to the attempt.
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.job.control.JobRunner")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("com.microsoft.playwright..")
                .check(House.allClasses());
    }
}
