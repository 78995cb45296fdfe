// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.browser.control.BrowserPool;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Takes jobs that need a browser. As many messages come at once as the node may have browser workers; one that comes
 * while all workers are busy waits before its job is claimed, so the job stays queued, for a browser or for more of them.
 */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class BrowserJobs implements MessageListener {

    @Inject
    private JobMessages messages;

    @Inject
    private BrowserPool browsers;

    @SuppressWarnings("NullAway.Init") // injected
    public BrowserJobs() {}

    @Override
    public void onMessage(Message message) {
        BrowserPool.Place place = place();
        try {
            messages.receive(message);
        } finally {
            place.close();
        }
    }

    private BrowserPool.Place place() {
        try {
            return browsers.enter();
        } catch (InterruptedException e) {
            // The server stops. The message comes again, here or elsewhere.
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a browser", e);
        }
    }
}
