// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import dev.drover.webhook.entity.Delivery;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Puts a delivery's ids as fields on every log record of the thread that sends it. */
final class DeliveryLogContext {

    private static final List<String> FIELDS = List.of("webhook_id", "endpoint_id", "job_id", "user_id", "trace_id");

    private DeliveryLogContext() {}

    static boolean during(Delivery delivery, BooleanSupplier work) {
        LogRecordContext.addExtension("webhook_id", delivery.id().toString());
        LogRecordContext.addExtension("user_id", delivery.owner().user());
        UUID endpoint = delivery.endpointId();
        if (endpoint != null) {
            LogRecordContext.addExtension("endpoint_id", endpoint.toString());
        }
        UUID job = delivery.jobId();
        if (job != null) {
            LogRecordContext.addExtension("job_id", job.toString());
        }
        String trace = delivery.traceId();
        if (trace != null) {
            LogRecordContext.addExtension("trace_id", trace);
        }
        try {
            return work.getAsBoolean();
        } finally {
            FIELDS.forEach(LogRecordContext::removeExtension);
        }
    }
}
