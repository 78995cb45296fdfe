// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Classes of libraries, as rules speak of them. */
final class Libraries {

    /** What a write that the database refused comes back as: whoever writes may have to answer it. */
    private static final String REFUSAL = "jakarta.persistence.PersistenceException";

    private Libraries() {}

    static DescribedPredicate<JavaClass> databaseAccess() {
        return describe(
                "reach the database through Jakarta Persistence or Hibernate",
                type -> (type.getPackageName().startsWith("jakarta.persistence")
                                || type.getPackageName().startsWith("org.hibernate"))
                        && !type.getName().equals(REFUSAL));
    }
}
