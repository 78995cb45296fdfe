// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rooms are the features. Each knows the rooms below it, and of those only what is public. */
class RoomsTest {

    /** The rooms that each room may use. All may use the owner of a record, which knows nothing itself. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("testing", Set.of("host", "job", "task", "browser", "event", "security", "system")),
            Map.entry("session", Set.of("host", "vault", "browser", "task", "security", "system")),
            Map.entry("webhook", Set.of("reliability", "job", "task", "event", "security", "system")),
            Map.entry("reliability", Set.of("job", "browser", "task", "event", "security", "system")),
            Map.entry("host", Set.of("job", "browser", "security", "system")),
            Map.entry("job", Set.of("task", "vault", "browser", "event", "security", "system")),
            Map.entry("vault", Set.of("browser", "security", "system")),
            Map.entry("browser", Set.of("task", "system")),
            Map.entry("task", Set.of("system")),
            Map.entry("event", Set.of("security", "system")),
            Map.entry("security", Set.of("system")),
            Map.entry("system", Set.of()));

    private static final String OWNER = "dev.drover.security.entity";

    @Test
    void everyRoomHasItsPlaceInTheTableOfArrows() {
        Set<String> rooms = new TreeSet<>();
        House.allClasses().stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("dev.drover.broker"))
                .forEach(name -> rooms.add(roomOf(name)));

        assertThat(rooms).isEqualTo(new TreeSet<>(ARROWS.keySet()));
    }

    @Test
    void roomsUseOnlyTheRoomsBelowThem() {
        ARROWS.forEach((room, below) -> noClasses()
                .that(belongTo(room))
                .should()
                .dependOnClassesThat(describe(
                        "belong to a room that is not below " + room,
                        type -> isInARoom(type)
                                && !type.getPackageName().equals(OWNER)
                                && !roomOf(type.getPackageName()).equals(room)
                                && !below.contains(roomOf(type.getPackageName()))))
                // A room may have nothing but a boundary.
                .allowEmptyShould(true)
                .check(House.allClasses()));
    }

    @Test
    void roomsFormNoCycle() {
        slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(House.allClasses());
    }

    @Test
    void noBoundaryUsesAnotherRoomsBoundaryButTheGround() {
        ARROWS.keySet().forEach(room -> noClasses()
                .that()
                .resideInAPackage("dev.drover." + room + ".boundary..")
                .should()
                .dependOnClassesThat(describe(
                        "are another room's boundary",
                        type -> type.getPackageName().matches("dev\\.drover\\.[a-z]+\\.boundary(\\..+)?")
                                && !roomOf(type.getPackageName()).equals("system")
                                && !roomOf(type.getPackageName()).equals(room)))
                .allowEmptyShould(true)
                .check(House.allClasses()));
    }

    /** Entity and control; the boundary is the outermost ring and may use any room's public control and entity. */
    private static DescribedPredicate<JavaClass> belongTo(String room) {
        return describe(
                "belong to the room " + room,
                type -> isInARoom(type) && roomOf(type.getPackageName()).equals(room));
    }

    private static boolean isInARoom(JavaClass type) {
        return type.getPackageName().matches("dev\\.drover\\.[a-z]+\\.(control|entity)(\\..+)?");
    }

    private static String roomOf(String packageName) {
        return packageName.split("\\.", -1)[2];
    }

    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!isInARoom(type)) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(type.getPackageName().equals(OWNER) ? "owner" : roomOf(type.getPackageName()));
        }

        @Override
        public String getDescription() {
            return "rooms, with the owner of records as the ground below them";
        }
    }
}
