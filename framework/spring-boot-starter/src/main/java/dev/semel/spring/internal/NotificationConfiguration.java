package dev.semel.spring.internal;

import dev.semel.outbox.Relay;
import dev.semel.spring.NotificationDataSource;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

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
            DriverManagerDataSource source = new DriverManagerDataSource(details.getJdbcUrl());
            source.setDriverClassName(details.getDriverClassName());
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "semel-notifications");
            properties.setProperty("tcpKeepAlive", "true");
            source.setConnectionProperties(properties);
            source.setUsername(details.getUsername());
            source.setPassword(details.getPassword());
            return new NotificationDataSource(source);
        }
    }
}
