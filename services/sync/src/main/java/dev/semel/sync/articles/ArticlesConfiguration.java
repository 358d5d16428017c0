package dev.semel.sync.articles;

import dev.semel.documents.blob.Blobs;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import dev.semel.sync.content.ContentIntake;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The beans of the articles, for an application to import beside those of sync. */
@Configuration(proxyBeanMethods = false)
public class ArticlesConfiguration {
    @Bean
    ArticleParts articleParts(JdbcClient jdbc, Blobs blobs) {
        return ArticleParts.on(jdbc, blobs);
    }

    @Bean
    SemelConfigurer articlesConfigurer(ArticleParts articleParts) {
        return new ArticlesConfigurer(articleParts.edits());
    }

    @Bean
    WebMvcConfigurer articleArguments(
            ArticleParts articleParts,
            CallerResolver callers,
            ContentIntake syncContentIntake,
            TenantReads syncTenantReads) {
        return new ArticleArguments(
                new DocResolver(callers, new DocPreparation(syncContentIntake)),
                new DocVariables(syncTenantReads, articleParts.states()));
    }

    private record ArticleArguments(DocResolver resolver, DocVariables variables) implements WebMvcConfigurer {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(resolver);
        }

        @Override
        public void addInterceptors(InterceptorRegistry registry) {
            registry.addInterceptor(variables).addPathPatterns("/api/docs/**");
        }
    }

    @Bean
    DocController docController(
            ArticleParts articleParts, TenantReads syncTenantReads, CallerResolver callers, ProblemWriter problems) {
        return new DocController(articleParts.edits(), articleParts.docs(), syncTenantReads, callers, problems);
    }
}
