// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.util.List;

/** The browser workers of this node, {@code dev.drover:type=BrowserPool}. */
public interface BrowserPoolMXBean {

    /** How many runs can go on at once, now; 0 on a node that runs no jobs. */
    int getSize();

    /** How many there are at least. */
    int getLeast();

    /** How many there may become. */
    int getMost();

    /** Workers that run something. */
    int getBusy();

    /** Workers that are ready for the next run. */
    int getIdle();

    /** Workers whose browser could not be launched. */
    int getBroken();

    /** Runs that wait for a worker. */
    int getWaiting();

    /** Browsers that were replaced because of their runs or their size, since the start. */
    long getRecycled();

    /** Each engine with what this node can do with it, as in {@code chromium available 156.0.8078.79}. */
    List<String> getEngines();
}
