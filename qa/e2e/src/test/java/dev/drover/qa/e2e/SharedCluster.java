// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import dev.drover.qa.postgres.PrivatePostgres;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One cluster for all classes that ask; where PostgreSQL is missing they are left out, but not in CI. */
final class SharedCluster implements ExecutionCondition, ParameterResolver {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return PrivatePostgres.programs().isPresent() || "true".equals(System.getenv("CI"))
                ? ConditionEvaluationResult.enabled("there is a PostgreSQL, or has to be")
                : ConditionEvaluationResult.disabled("PostgreSQL's programs are not on this machine");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedCluster.class))
                .getOrComputeIfAbsent(Cluster.class, key -> Cluster.start(), Cluster.class);
    }
}
