package dev.semel.spring.internal;

import dev.semel.outbox.Relay;
import dev.semel.spring.NotificationDataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the processes on one database wake each other. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(PGConnection.class)
@ConditionalOnProperty(prefix = "semel.relay", name = "notify-others", matchIfMissing = true)
public class NotificationConfiguration {
    @Bean
    @ConditionalOnBean(NotificationDataSource.class)
    NodeNotifications semelNodeNotifications(NotificationDataSource source, ObjectProvider<Relay> relay) {
        return new NodeNotifications(source.dataSource(), () -> relay.ifAvailable(Relay::lookNow));
    }

    @Bean
    @ConditionalOnBean(NodeNotifications.class)
    BackgroundLifecycle semelNotificationLifecycle(NodeNotifications notifications) {
        return new BackgroundLifecycle(notifications::start, notifications::stop);
    }

    /** Where Spring Boot knows how to log in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcConnectionDetails.class)
    static class OfTheApplication {
        @Bean
        @ConditionalOnBean(JdbcConnectionDetails.class)
        @ConditionalOnMissingBean
        NotificationDataSource semelNotificationDataSource(JdbcConnectionDetails details) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(details.getJdbcUrl());
            source.setUser(details.getUsername());
            source.setPassword(details.getPassword());
            source.setApplicationName("semel-notifications");
            source.setTcpKeepAlive(true);
            return new NotificationDataSource(source);
        }
    }
}
