// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.qa.container.InContainer;
import dev.drover.system.entity.DatabaseKind;
import jakarta.annotation.Resource;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The whole application on its server: what is wired there, and what happens before the first request. */
@InContainer
@SuppressWarnings("NullAway.Init") // injected
class ApplicationIT {

    @Inject
    private BeanManager beans;

    @Inject
    private NodeIdentity node;

    @Resource(lookup = "jdbc/drover")
    private DataSource dataSource;

    @Test
    void everyBeanOfEveryRoomIsMade() {
        Set<String> rooms = new TreeSet<>();

        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getBeanClass().getPackageName().startsWith("dev.drover.")) {
                Object made = beans.getReference(bean, Object.class, beans.createCreationalContext(bean));
                // A client proxy makes its bean with the first call.
                assertThat(made.toString()).isNotNull();
                rooms.add(room(bean.getBeanClass()));
            }
        }

        assertThat(rooms)
                .containsExactly(
                        "browser",
                        "event",
                        "host",
                        "job",
                        "reliability",
                        "security",
                        "session",
                        "system",
                        "task",
                        "testing",
                        "vault",
                        "webhook");
    }

    @Test
    void theSchemaWasMigratedBeforeAnyoneCouldUseIt() throws SQLException {
        List<String> versions = new ArrayList<>();

        try (Connection connection = dataSource.getConnection();
                ResultSet applied = connection
                        .createStatement()
                        .executeQuery("select \"version\" from \"flyway_schema_history\" where \"success\"")) {
            while (applied.next()) {
                versions.add(applied.getString(1));
            }
        }

        assertThat(versions).contains("1", "1.1", "2", "5", "6", "7", "10", "20", "21", "22", "40", "50", "60");
    }

    @Test
    void theDatabaseIsAnH2FileInTheDataFolder() {
        assertThat(DatabaseKind.of(dataSource)).isEqualTo(DatabaseKind.H2);
        assertThat(node.dataRoot()).endsWithRaw(Path.of("in-container", "data"));
        assertThat(Files.exists(node.dataRoot().resolve("db").resolve("drover.mv.db")))
                .isTrue();
    }

    private static String room(Class<?> bean) {
        String name = bean.getPackageName();
        int start = "dev.drover.".length();
        return name.substring(start, name.indexOf('.', start));
    }
}
