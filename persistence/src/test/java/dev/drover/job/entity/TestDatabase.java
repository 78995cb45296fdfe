// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.event.entity.JobEvent;
import dev.drover.qa.postgres.PrivatePostgres;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database with the entities on it, without a container. */
public final class TestDatabase implements AutoCloseable {

    /** Names an empty PostgreSQL database that tests may fill, instead of one of their own. */
    private static final String POSTGRES_VARIABLE = "DROVER_TEST_POSTGRES_URL";

    private final DataSource dataSource;
    private final SessionFactory sessions;
    private final Runnable afterwards;

    private TestDatabase(DataSource dataSource, Runnable afterwards) {
        this.dataSource = dataSource;
        this.afterwards = afterwards;
        SchemaMigration.migrate(dataSource, DatabaseKind.of(dataSource));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Job.class)
                .addAnnotatedClass(JobLabel.class)
                .addAnnotatedClass(Attempt.class)
                .addAnnotatedClass(Batch.class)
                .addAnnotatedClass(BatchJob.class)
                .addAnnotatedClass(Artifact.class)
                .addAnnotatedClass(HumanStep.class)
                .addAnnotatedClass(JobEvent.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", dataSource);
        this.sessions = configuration.buildSessionFactory();
    }

    static TestDatabase h2(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return new TestDatabase(dataSource, () -> {});
    }

    /** On a PostgreSQL of its own. Where its programs are missing the test is skipped, but never in CI. */
    public static TestDatabase postgres() {
        String given = System.getenv(POSTGRES_VARIABLE);
        if (given != null && !given.isBlank()) {
            return postgres(given, () -> {});
        }
        Assumptions.assumeTrue(
                PrivatePostgres.programs().isPresent() || "true".equals(System.getenv("CI")),
                "PostgreSQL's programs are not on this machine");
        PrivatePostgres server = PrivatePostgres.start();
        return postgres(server.jdbcUrl(), server::close);
    }

    private static TestDatabase postgres(String url, Runnable afterwards) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return new TestDatabase(dataSource, afterwards);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    <T> T read(Function<Session, T> work) {
        return sessions.fromTransaction(work);
    }

    <T> T write(Function<StatelessSession, T> work) {
        return sessions.fromStatelessTransaction(work);
    }

    @Override
    public void close() {
        sessions.close();
        afterwards.run();
    }
}
