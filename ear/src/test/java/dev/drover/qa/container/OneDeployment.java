// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import static java.util.Objects.requireNonNull;

import org.jboss.arquillian.container.spi.client.deployment.DeploymentScenario;
import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.container.test.impl.client.deployment.event.GenerateDeployment;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.test.spi.annotation.ClassScoped;
import org.jspecify.annotations.Nullable;

/**
 * Deploys with the first test class, and leaves the application for the others: Arquillian alone would deploy it anew for
 * each, which takes many times as long as the tests.
 */
final class OneDeployment {

    @Inject
    @ClassScoped
    @SuppressWarnings("NullAway.Init") // injected
    private InstanceProducer<DeploymentScenario> ofThisClass;

    private @Nullable DeploymentScenario ofAll;
    private boolean tried;

    void generate(@Observes EventContext<GenerateDeployment> generation) {
        if (ofAll == null) {
            generation.proceed();
            ofAll = ofThisClass.get();
        } else {
            ofThisClass.set(ofAll);
        }
    }

    void deploy(@Observes EventContext<DeployManagedDeployments> deployment) {
        if (!tried) {
            tried = true;
            deployment.proceed();
        } else if (requireNonNull(ofAll).deployedDeployments().isEmpty()) {
            throw new IllegalStateException("the application did not start: the first test class says why");
        }
    }

    /** The application ends with the server. */
    void stayDeployed(@Observes EventContext<UnDeployManagedDeployments> end) {}
}
