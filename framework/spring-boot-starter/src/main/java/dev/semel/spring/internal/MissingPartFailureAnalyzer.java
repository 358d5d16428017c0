package dev.semel.spring.internal;

import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.PlatformTransactionManager;

/** Says what of the application Semel stands on, where there is none of it or more than one. Before Spring Boot's own, which only names types. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingPartFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {
    private static final String OWN_PACKAGE = "dev.semel.spring";
    private static final Map<Class<?>, Part> PARTS = Map.of(
            DataSource.class,
                    new Part(
                            "Set spring.datasource.url, username and password, with spring-boot-starter-jdbc or"
                                    + " spring-boot-starter-data-jpa and PostgreSQL's driver on the class path, or declare a"
                                    + " DataSource bean.",
                            "Mark the one of the database with Semel's tables as @Primary. All that a write touches is in that"
                                    + " one database."),
            PlatformTransactionManager.class,
                    new Part(
                            "Add spring-boot-starter-jdbc or spring-boot-starter-data-jpa, or declare a transaction manager of"
                                    + " the DataSource.",
                            "Mark the one of the database with Semel's tables as @Primary."),
            CallerResolver.class,
                    new Part(
                            "Declare a CallerResolver bean. It says from a request's credential which tenant and user calls;"
                                    + " gates ask it before anything else. An application of one tenant sets"
                                    + " semel.caller.tenant instead: its users are whom Spring Security authenticates. In"
                                    + " development semel.caller.development=tenant:user will do.",
                            "Keep one, or mark one as @Primary: who calls must not depend on who asks."),
            PayloadCodec.class,
                    new Part(
                            "Remove what keeps Semel's auto-configuration from making one.",
                            "Keep one, or mark one as @Primary: a replay is read by the codec that wrote the first answer."),
            Semel.class,
                    new Part(
                            "Remove what keeps Semel's auto-configuration from making one.",
                            "Keep one, or mark one as @Primary. An application has one engine for its gates; contribute"
                                    + " operations by SemelConfigurer beans instead of building another."));

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        ResolvableType wanted = cause.getResolvableType();
        Class<?> type = wanted == null ? Object.class : wanted.toClass();
        Part part = PARTS.get(type);
        return part == null || !isAskedForBySemel(rootFailure) ? null : part.analysis(type.getSimpleName(), cause);
    }

    private static boolean isAskedForBySemel(Throwable rootFailure) {
        return Stream.<Throwable>iterate(rootFailure, failure -> failure != null, Throwable::getCause)
                .map(MissingPartFailureAnalyzer::consumer)
                .flatMap(Optional::stream)
                .reduce((outer, inner) -> inner)
                .filter(consumer -> consumer.getPackageName().startsWith(OWN_PACKAGE))
                .isPresent();
    }

    private static Optional<Class<?>> consumer(Throwable failure) {
        if (failure instanceof UnsatisfiedDependencyException unsatisfied) {
            return Optional.ofNullable(unsatisfied.getInjectionPoint())
                    .map(point -> point.getMember().getDeclaringClass());
        }
        return failure instanceof BeanInstantiationException broken
                ? Optional.ofNullable(broken.getConstructingMethod()).map(Method::getDeclaringClass)
                : Optional.empty();
    }

    /**
     * What to do about a part of the application.
     *
     * @param none if it is missing
     * @param several if there is more than one and none of them primary
     */
    private record Part(String none, String several) {
        FailureAnalysis analysis(String name, NoSuchBeanDefinitionException cause) {
            if (cause instanceof NoUniqueBeanDefinitionException unclear) {
                List<String> found = List.copyOf(unclear.getBeanNamesFound());
                return new FailureAnalysis(
                        "Semel needs one " + name + ", and the application has " + found.size()
                                + " without a primary one among them: " + String.join(", ", found),
                        several,
                        cause);
            }
            return new FailureAnalysis("Semel needs a " + name + ", and the application has none.", none, cause);
        }
    }
}
