using System.Text;

namespace NetPolTools.Tests.Reports;

/// <summary>Two workloads under many policies, as YAML.</summary>
internal static class ManyPolicies
{
    /// <summary>Each policy lets every pod of any namespace and some addresses talk to both, on a port of its own, and these talk back.</summary>
    public static string Of(int count)
    {
        var text = new StringBuilder("{apiVersion: v1, kind: Namespace, metadata: {name: shop} }\n");
        foreach (var app in new[] { "web", "db" })
        {
            text.Append($$"""
                ---
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: {{app}}, namespace: shop}, spec: {selector: {matchLabels: {app: {{app}} } },
                  template: {metadata: {labels: {app: {{app}} } }, spec: {containers: [{name: c, image: i}]} } } }

                """);
        }

        for (var i = 0; i < count; i++)
        {
            text.Append($$"""
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: policy-{{i}}, namespace: shop},
                  spec: {podSelector: {}, policyTypes: [Ingress, Egress],
                    ingress: [{from: [{namespaceSelector: {} }, {ipBlock: {cidr: 203.0.113.0/24} }], ports: [{port: {{8000 + i}} }] }],
                    egress: [{to: [{podSelector: {} }], ports: [{port: {{8000 + i}} }] }] } }

                """);
        }

        return text.ToString();
    }
}
