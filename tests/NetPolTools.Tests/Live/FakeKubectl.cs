using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NetPolTools.Live;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Live;

/// <summary>
/// Answers as kubectl would in front of a server, from files; and notes what it was asked. <see cref="Program"/> does so within this process, <see
/// cref="Process"/> as a script. Each reading runs it some forty times, so the script starts no program but the one that prints the answer.
/// </summary>
internal sealed class FakeKubectl : IDisposable
{
    private const string Script = """
        #!/bin/sh
        here=${0%/*}
        if [ "$1" = config ]; then
            printf '%s\n' "$*" >> "$here/lookups"
            if [ -f "$here/server" ]; then exec cat "$here/server"; fi
            echo 'error: current-context must exist in order to minify' >&2
            exit 1
        fi
        printf '%s\n' "$*" >> "$here/calls"
        path=$3
        if [ -f "$here/prefix" ]; then
            prefix=$(cat "$here/prefix")
            case "$path" in "$prefix"/*) path=${path#"$prefix"};; *) path=/elsewhere$path;; esac
        fi
        name=served${path%%\?limit=*}
        case "$path" in *\?limit=*\&*) name="$name&${path#*\?limit=*&}";; esac
        if [ -f "$here/$name.sh" ]; then . "$here/$name.sh"; fi
        if [ -f "$here/$name.err" ]; then cat "$here/$name.err" >&2; exit 1; fi
        if [ -f "$here/$name.json" ]; then exec cat "$here/$name.json"; fi
        case "$name" in *\?watch=1*) : >> "$here/$name.events"; exec tail -n +1 -f "$here/$name.events";; esac
        case "$name" in
            *configmaps\?fieldSelector*) echo '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{},"items":[]}'; exit 0;;
            *clusterroles\?fieldSelector*) echo '{"kind":"ClusterRoleList","apiVersion":"rbac.authorization.k8s.io/v1","metadata":{},"items":[]}'; exit 0;;
        esac
        echo 'Error from server (NotFound): the server could not find the requested resource' >&2
        exit 1
        """;

    /// <summary>Every path of the API that reading goes to in a cluster without Gateway API and OpenShift, by kind.</summary>
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["Namespace"] = "/api/v1/namespaces",
        ["Node"] = "/api/v1/nodes",
        ["Pod"] = "/api/v1/pods",
        ["Service"] = "/api/v1/services",
        ["ReplicationController"] = "/api/v1/replicationcontrollers",
        ["Deployment"] = "/apis/apps/v1/deployments",
        ["ReplicaSet"] = "/apis/apps/v1/replicasets",
        ["StatefulSet"] = "/apis/apps/v1/statefulsets",
        ["DaemonSet"] = "/apis/apps/v1/daemonsets",
        ["Job"] = "/apis/batch/v1/jobs",
        ["CronJob"] = "/apis/batch/v1beta1/cronjobs",
        ["EndpointSlice"] = "/apis/discovery.k8s.io/v1/endpointslices",
        ["Ingress"] = "/apis/networking.k8s.io/v1/ingresses",
        ["NetworkPolicy"] = "/apis/networking.k8s.io/v1/networkpolicies",
    };

    /// <summary>Kinds of which every server has some when it is asked for those of a name, but not those: the last part of the path, kind, version.</summary>
    public static readonly ImmutableArray<(string Path, string Kind, string Version)> Empty =
        [("configmaps", "ConfigMap", "v1"), ("clusterroles", "ClusterRole", "rbac.authorization.k8s.io/v1")];

    private readonly ManifestFolder _folder = new();
    private readonly FakeKubectlRun _run;

    private FakeKubectl()
    {
        _run = new FakeKubectlRun(Folder);
        var script = _folder.Write("kubectl", Script.ReplaceLineEndings("\n"));
        Process = new KubectlProgram(script);
        Program = Process with { Run = _run.Run };
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Answer("/apis", """
            {"kind":"APIGroupList","apiVersion":"v1","groups":[
              {"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]},
              {"name":"batch","versions":[{"groupVersion":"batch/v1","version":"v1"},{"groupVersion":"batch/v1beta1","version":"v1beta1"}]},
              {"name":"discovery.k8s.io","versions":[{"groupVersion":"discovery.k8s.io/v1","version":"v1"}]},
              {"name":"networking.k8s.io","versions":[{"groupVersion":"networking.k8s.io/v1","version":"v1"}]}]}
            """);
    }

    /// <summary>The kubectl to run, within this process.</summary>
    public KubectlProgram Program { get; }

    /// <summary>The kubectl to run as a process.</summary>
    public KubectlProgram Process { get; }

    public string Folder => _folder.Path;

    /// <summary>The command lines it was run with to ask the server.</summary>
    public IReadOnlyList<string> Calls => LinesOf("calls");

    /// <summary>The command lines it was run with to look into the kubeconfig.</summary>
    public IReadOnlyList<string> Lookups => LinesOf("lookups");

    /// <summary>Serves the objects of a List as the API server serves them: by kind, and without saying of each item what it is.</summary>
    public static FakeKubectl Serving(string listFile)
    {
        var items = JsonNode.Parse(File.ReadAllText(listFile))!["items"]!.AsArray().GroupBy(static item => (string)item!["kind"]!)
            .ToDictionary(static g => g.Key);
        var kubectl = new FakeKubectl();
        foreach (var (kind, path) in Paths)
            kubectl.Answer(path, List(kind, VersionIn(path), items.TryGetValue(kind, out var given) ? given.Select(static item => item!.DeepClone()) : []));
        return kubectl;
    }

    /// <summary>The three-tier application: web to api to db.</summary>
    public static FakeKubectl ServingThreeTier() => Serving(Repository.Manifests("three-tier.json"));

    /// <summary>A cluster with these namespaces and nothing in them.</summary>
    public static FakeKubectl ServingNamespaces(params string[] names)
    {
        using var folder = new ManifestFolder();
        var items = names.Select(static name => $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        return Serving(folder.Write("list.json", $$"""{"items":[{{string.Join(',', items)}}]}"""));
    }

    /// <summary>The same to a user who may read nothing but a namespace.</summary>
    public static FakeKubectl ServingOnly(string ns)
    {
        var kubectl = ServingThreeTier();
        foreach (var path in Paths.Values)
        {
            var resource = path.Split('/')[^1];
            if (resource != "namespaces" && resource != "nodes")
                kubectl.Answer(path.Replace($"/{resource}", $"/namespaces/{ns}/{resource}", StringComparison.Ordinal),
                    File.ReadAllText(kubectl._folder.At(FileOf(path, "json"))));
            kubectl.Forbid(path, resource);
        }

        kubectl.Answer($"/api/v1/namespaces/{ns}", $$"""{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"{{ns}}","labels":{"team":"a"} } }""");
        return kubectl;
    }

    public static string List(string kind, string version, IEnumerable<JsonNode> items, string? next = null)
    {
        JsonNode[] bare = [.. items];
        foreach (var item in bare.Select(static item => item.AsObject()))
        {
            item.Remove("kind");
            item.Remove("apiVersion");
        }

        return new JsonObject
        {
            ["kind"] = kind + "List",
            ["apiVersion"] = version,
            ["metadata"] = new JsonObject { ["resourceVersion"] = "7", ["continue"] = next },
            ["items"] = new JsonArray(bare),
        }.ToJsonString();
    }

    /// <summary>Serves everything below the path of a URL, as a server behind a proxy does, and nothing of it elsewhere.</summary>
    /// <param name="url">The server of the kubeconfig's context.</param>
    public void ServeAt(string url)
    {
        _folder.Write("server", url);
        _folder.Write("prefix", new Uri(url).AbsolutePath.TrimEnd('/'));
    }

    /// <param name="path">The path of the API, without a limit.</param>
    /// <param name="json">What it answers.</param>
    public void Answer(string path, string json) => _folder.Write(FileOf(path, "json"), json);

    /// <summary>The path that a list's changes are asked for by.</summary>
    public static string Changes(string path, int since = 7) => $"{path}?watch=1&allowWatchBookmarks=true&resourceVersion={since}";

    /// <summary>Lets something happen to an object of a list that is watched, or about to be.</summary>
    /// <param name="changes">Of <see cref="Changes"/>.</param>
    /// <param name="type">ADDED, MODIFIED, DELETED or BOOKMARK.</param>
    /// <param name="json">The object.</param>
    public void Happen(string changes, string type, string json) =>
        _run.Append(_folder.At(FileOf(changes, "events")), $$"""{"type":"{{type}}","object":{{json.ReplaceLineEndings("")}}}""" + "\n");

    /// <summary>Says something on standard error and exits with 1.</summary>
    public void Fail(string path, string errors) => _folder.Write(FileOf(path, "err"), errors);

    public void Forbid(string path, string resource) =>
        Fail(path, $"Error from server (Forbidden): {resource} is forbidden: User \"jane\" cannot list resource \"{resource}\" in API group \"\" at the "
            + "cluster scope\n");

    /// <summary>Lines of shell to run first.</summary>
    public void Run(string path, string shell) => _folder.Write(FileOf(path, "sh"), shell + "\n");

    public void Remove(string path) => File.Delete(_folder.At(FileOf(path, "json")));

    /// <summary>The process ids of those of its runs that still serve changes.</summary>
    public IEnumerable<string> Running() => Directory.GetDirectories("/proc").Where(IsServingChanges).Select(static folder => Path.GetFileName(folder));

    private bool IsServingChanges(string processFolder)
    {
        try
        {
            var commandLine = File.ReadAllText(Path.Combine(processFolder, "cmdline"));
            return commandLine.StartsWith("tail\0", StringComparison.Ordinal) && commandLine.Contains(Folder, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Not a process, or one that has ended meanwhile.
            return false;
        }
    }

    /// <param name="context">The context that it reads.</param>
    /// <param name="kubeconfig">The file that has it; null for kubectl's own.</param>
    /// <param name="program">The kubectl to run; null for <see cref="Program"/>.</param>
    public KubectlReader Reader(string context = "prod", string? kubeconfig = null, KubectlProgram? program = null) =>
        new(new ClusterConnection(context, kubeconfig), program ?? Program);

    /// <summary>Reads everything; whether there is an answer, and what is known.</summary>
    public (bool HasAnswer, ClusterSnapshot Snapshot) Read(
        TimeSpan? limit = null, IEnumerable<ClusterKind>? kinds = null, IReadOnlyList<string>? namespaces = null, KubectlProgram? program = null)
    {
        var builder = new ClusterSnapshotBuilder();
        var hasAnswer = new ClusterReading(Reader(program: program), kinds ?? ClusterKinds.Reachability, limit) { Namespaces = namespaces ?? [] }.ReadInto(
            builder, static _ => { }, CancellationToken.None);
        return (hasAnswer, builder.Build());
    }

    public void Dispose() => _folder.Dispose();

    private string[] LinesOf(string name) => File.Exists(_folder.At(name)) ? File.ReadAllLines(_folder.At(name)) : [];

    private static string VersionIn(string path) => path.StartsWith("/api/", StringComparison.Ordinal) ? "v1" : string.Join('/', path.Split('/')[2..4]);

    private static string FileOf(string path, string extension) => $"served{path}.{extension}";
}
