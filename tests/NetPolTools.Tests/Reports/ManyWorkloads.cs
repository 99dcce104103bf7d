using System.Text;

namespace NetPolTools.Tests.Reports;

/// <summary>Clusters of many workloads, as YAML.</summary>
internal static class ManyWorkloads
{
    /// <summary>Namespaces of ten workloads; each has its own policies, with an app in front that the others are reached from.</summary>
    public static string Of(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var (ns, app) = ($"ns-{i / 10}", $"app-{i % 10}");
            if (i % 10 == 0)
            {
                text.Append($"---\n{{apiVersion: v1, kind: Namespace, metadata: {{name: {ns}, labels: {{team: t{i / 10 % 7}}} }} }}\n");
                text.Append($$"""
                    ---
                    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: {{ns}} }, spec: {podSelector: {} } }
                    ---
                    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: team, namespace: {{ns}} }, spec: {podSelector: {matchLabels: {app: app-0} },
                      ingress: [{from: [{namespaceSelector: {matchLabels: {team: t{{i / 10 % 7}} } } } ], ports: [{port: 80}] }] } }

                    """);
            }

            text.Append($$"""
                ---
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: {{app}}, namespace: {{ns}} }, spec: {selector: {matchLabels: {app: {{app}} } },
                  template: {metadata: {labels: {app: {{app}} } }, spec: {containers: [{name: c, image: i}]} } } }
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: {{app}}, namespace: {{ns}} }, spec: {podSelector: {matchLabels: {app: {{app}} } },
                  ingress: [{from: [{podSelector: {matchLabels: {app: app-{{(i + 1) % 10}} } } } ], ports: [{port: {{8000 + (i % 10)}} } ] } ] } }

                """);
        }

        return text.ToString();
    }
}
