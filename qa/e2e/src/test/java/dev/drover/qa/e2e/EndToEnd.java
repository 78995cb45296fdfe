// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of a class use the shared server. They can take it as parameter, or its {@link Api}, or the sample sites;
 * whatever they leave in it must not matter to others.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedServer.class)
@interface EndToEnd {}
