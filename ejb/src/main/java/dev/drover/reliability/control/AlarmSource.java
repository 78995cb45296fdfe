// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import java.util.List;

/** A room that knows of things which are not as they should be. Every bean of this type is asked every few seconds. */
public interface AlarmSource {

    /** All that goes on at this moment. Looks at what is known already and waits for nothing. */
    List<Alarm> alarms();
}
