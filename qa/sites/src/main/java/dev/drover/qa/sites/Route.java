// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

/** Answers the requests of one path. */
@FunctionalInterface
interface Route {
    Answer answer(Visit visit) throws InterruptedException;
}
