// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.Lane;

/** Decides whether the service takes on more work, by how well it does. */
public interface Intake {

    /**
     * Lets a new job in. On the way of every submission: it looks at what is known already and asks nobody.
     *
     * @throws dev.drover.system.control.DroverException with a code of status 503 and the seconds after which to come
     *     again, when the service is too unwell for a job like this
     */
    void admit(Lane lane, JobPriority priority);
}
