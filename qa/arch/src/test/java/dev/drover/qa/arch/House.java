// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The modules that run in a server, with the classes that their builds left. */
enum House {
    PERSISTENCE("persistence", "entity"),
    EJB("ejb", "control"),
    WEB("web", "boundary"),
    BROKER("liberty-config", "");

    /** The checkout: Maven runs tests in the folder of their module, which is {@code qa/arch}. */
    static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Map<House, JavaClasses> IMPORTED = new EnumMap<>(House.class);

    private final String folder;
    private final String lastWord;

    House(String folder, String lastWord) {
        this.folder = folder;
        this.lastWord = lastWord;
    }

    /** Where Maven compiled the module to. A WAR and a RAR are no part of any class path, so all are read from there. */
    Path compiled() {
        Path classes = CHECKOUT.resolve(folder).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(classes + " is missing: build with -am");
        }
        return classes;
    }

    Path sources() {
        return CHECKOUT.resolve(folder).resolve("src/main/java");
    }

    /** What the module's packages are called after their room; empty for the broker, which has no rooms. */
    String lastWord() {
        return lastWord;
    }

    JavaClasses classes() {
        return IMPORTED.computeIfAbsent(this, module -> new ClassFileImporter().importPath(module.compiled()));
    }

    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        classes().forEach(type -> packages.add(type.getPackageName()));
        return packages;
    }

    /** All classes of all modules, so that rules see where an arrow ends. */
    static JavaClasses allClasses() {
        return AllClasses.IMPORTED;
    }

    /** The module of a class; nothing for a library's. */
    static Optional<House> of(JavaClass type) {
        return Stream.of(values())
                .filter(module -> module.classes().contain(type.getName()))
                .findFirst();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class AllClasses {
        static final JavaClasses IMPORTED = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPaths(Stream.of(House.values()).map(House::compiled).toList());
    }
}
