// SPDX-License-Identifier: Apache-2.0
/**
 * What in-container tests stand on: a server of their own beside the packaged one, one deployment for all of them, and a
 * task that they hold in their hands. The tests themselves are in the packages of what they test.
 */
@NullMarked
package dev.drover.qa.container;

import org.jspecify.annotations.NullMarked;
