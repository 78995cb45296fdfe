// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import dev.drover.system.control.ConfigKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every configuration key of the application, found by its field. */
final class ConfigurationKeys {

    private ConfigurationKeys() {}

    static List<JavaField> fields() {
        return House.allClasses().stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(ConfigKey.class))
                .filter(field -> !isSynthetic(field.getOwner()))
                .toList();
    }

    private static boolean isSynthetic(JavaClass owner) {
        return owner.isEquivalentTo(ConfigKey.class);
    }

    /** By room, both in alphabetical order. */
    static Map<String, List<ConfigKey<?>>> byRoom() {
        return fields().stream()
                .collect(Collectors.groupingBy(
                        field -> field.getOwner().getPackageName().split("\\.", -1)[2],
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), fields -> fields.stream()
                                .<ConfigKey<?>>map(ConfigurationKeys::key)
                                .sorted(Comparator.comparing(ConfigKey::name))
                                .toList())));
    }

    private static ConfigKey<?> key(JavaField field) {
        try {
            return (ConfigKey<?>) Class.forName(field.getOwner().getName())
                    .getField(field.getName())
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(field.getFullName() + " is to be public static final", e);
        }
    }
}
