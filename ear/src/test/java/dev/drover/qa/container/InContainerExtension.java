// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import io.openliberty.arquillian.managed.WLPManagedContainer;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentScenarioGenerator;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Arquillian finds it by its line in {@code META-INF/services}. */
public final class InContainerExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(ServerCopy.class);
        builder.observer(OneDeployment.class);
        builder.override(DeployableContainer.class, WLPManagedContainer.class, StartedWithApplication.class);
        builder.service(DeploymentScenarioGenerator.class, TestApplication.class);
    }
}
