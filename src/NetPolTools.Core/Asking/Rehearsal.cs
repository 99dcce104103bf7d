using System.Text;
using NetPolTools.Dialects;
using NetPolTools.Listing;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>
/// A small question about a small cluster that nobody asked: most of what a first answer takes is that types are loaded and methods made ready, and that can
/// be done while the module is still being imported.
/// </summary>
public static class Rehearsal
{
    // Something of each kind that most clusters have, so that what reads and evaluates it has run once.
    private const string Cluster = """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels: {team: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 2
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
              - name: web
                ports:
                - name: http
                  containerPort: 8080
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: db
          namespace: shop
          labels: {app: db}
        spec:
          containers:
          - name: db
        status:
          podIP: 10.0.0.1
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
        spec:
          podSelector:
            matchLabels: {app: db}
          policyTypes: [Ingress, Egress]
          ingress:
          - from:
            - podSelector:
                matchLabels: {app: web}
            - namespaceSelector:
                matchLabels: {team: shop}
            ports:
            - protocol: TCP
              port: 5432
            - port: http
        """;

    /// <summary>Reads the cluster, asks who reaches the database, and gives the answer, for those who want to know that there is one.</summary>
    public static Answer<ConnectionList> Run()
    {
        var cluster = new ClusterSnapshotBuilder();
        var options = new ManifestReaderOptions(static (_, file) => throw new InvalidOperationException($"'{file}' is not plain YAML."));
        new ManifestReader(cluster, AllDialects.Kinds, options).Read(new MemoryStream(Encoding.UTF8.GetBytes(Cluster)), "rehearsal.yaml");
        var question = new ReachQuestion(new ConnectionQuery { To = [EndpointPattern.Parse("db")] });
        var answer = question.Ask(new ClusterEvaluator(cluster.Build()), QuestionWords.Plain);
        foreach (var connection in answer.Value?.List(CancellationToken.None) ?? [])
            _ = connection.Ports.ToString();
        return answer;
    }
}
