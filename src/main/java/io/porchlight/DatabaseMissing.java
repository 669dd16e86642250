package io.porchlight;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Nobody said where the database is, and a database in memory would lose what a 2xx promised to keep. */
final class DatabaseMissing extends RuntimeException {

    private static final String URL = "spring.datasource.url";
    private static final String JNDI = "spring.datasource.jndi-name";

    DatabaseMissing() {
        super("With porchlight.engine.mode=remote, Porchlight needs to be told its database: " + URL + " is not set.");
    }

    /** Asks before anything else is made; in local mode there always is one. */
    @Component
    static final class Question implements BeanFactoryPostProcessor, EnvironmentAware {

        private boolean answered;

        @Override
        public void setEnvironment(Environment environment) {
            answered = StringUtils.hasText(environment.getProperty(URL))
                    || StringUtils.hasText(environment.getProperty(JNDI));
        }

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
            if (!answered) {
                throw new DatabaseMissing();
            }
        }
    }

    /** Tells it without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<DatabaseMissing> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, DatabaseMissing cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Set --spring.datasource.url=jdbc:postgresql://<host>:5432/<database> with spring.datasource.username"
                            + " and spring.datasource.password; on a machine of your own leave porchlight.engine.mode"
                            + " away, and it keeps a database in its home.",
                    cause);
        }
    }
}
