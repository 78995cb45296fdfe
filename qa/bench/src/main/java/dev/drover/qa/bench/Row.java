// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.List;

/** Something that is measured on its own; it may give several figures. */
interface Row {

    /** The word that selects it on the command line. */
    String name();

    /** One line for the list of rows: what is done, and how it is counted. */
    String method();

    List<Figure> measure(Stage stage) throws Exception;
}
