// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.HumanStep;
import dev.drover.security.control.LinkSigner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The addresses at which people answer questions without an account. Each is good for one question, until its deadline. */
@ApplicationScoped
public class HumanLinks {

    private static final String PAGE = "/human/";

    private LinkSigner signer;
    private HumanSettings settings;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected HumanLinks() {}

    @Inject
    public HumanLinks(LinkSigner signer, HumanSettings settings, Clock clock) {
        this.signer = signer;
        this.settings = settings;
        this.clock = clock;
    }

    /** Of the page; without a host where the server does not know its own. */
    public String address(HumanStep step) {
        return settings.publicUrl() + PAGE + signer.sign(step.id(), step.deadline());
    }

    /** The question that a link is about; nothing for one that this server has not made or that has expired. */
    Optional<UUID> stepOf(String token) {
        return signer.verified(token, clock.instant());
    }
}
