// SPDX-License-Identifier: Apache-2.0

/**
 * The rules of the house, held against the compiled classes of every module: which package may know which, what every
 * package, bean, key and operation must have, and that the reference pages say what the code says.
 */
@NullMarked
package dev.drover.qa.arch;

import org.jspecify.annotations.NullMarked;
