// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import dev.drover.system.entity.IdempotencyRecord;
import dev.drover.system.entity.IdempotencyRecord.Answer;
import java.util.UUID;

/** What a request that comes with an {@code Idempotency-Key} is told before anything is done for it. */
public sealed interface Reservation {

    /**
     * The request is to be carried out.
     *
     * @param id for what the request makes; where a server began with it and went away, that may be there already
     */
    record Granted(IdempotencyRecord.Key key, UUID id) implements Reservation {}

    /** The request was answered before: with this. */
    record Answered(Answer answer) implements Reservation {}

    /** The same request is being answered. */
    record InFlight() implements Reservation {}

    /** The key was used for another request. */
    record KeyReused() implements Reservation {}
}
