using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>
/// One object on its way: fields that stand before what says their meaning are kept as tokens until it is known. One of these serves for many objects, one
/// after the other.
/// </summary>
internal sealed class ObjectInProgress(BindingContext context)
{
    private List<(string Name, TokenBuffer Value, SourceLocation Key)>? _early;
    private SourceLocation _location;
    private int _errorsBefore;
    private bool _isResolved;
    private ObjectKind? _kind;
    private ObjectDraft? _draft;

    public string? ApiVersion { get; private set; }

    public string? Kind { get; private set; }

    public ObjectType Type => new(ApiVersion, Kind);

    /// <summary>Forgets the object before.</summary>
    /// <param name="location">Where this one begins.</param>
    /// <param name="errorsBefore">How many errors had been found by then.</param>
    public void Begin(SourceLocation location, int errorsBefore)
    {
        (_location, _errorsBefore) = (location, errorsBefore);
        (_early, _kind, _draft, _isResolved) = (null, null, null, false);
        (ApiVersion, Kind) = (null, null);
    }

    public void ReadApiVersion(FieldReader fields)
    {
        ApiVersion = fields.String();
        Resolve(fields);
    }

    public void ReadKind(FieldReader fields)
    {
        Kind = fields.String();
        Resolve(fields);
    }

    /// <summary>Takes from the list what the object itself does not say.</summary>
    public void Inherit(ObjectType itemType)
    {
        Kind ??= itemType.Kind;
        if (Kind == itemType.Kind)
            ApiVersion ??= itemType.ApiVersion;
    }

    /// <summary>Other objects will be read before this one is finished; their errors are not its own.</summary>
    public void Suspend(FieldReader fields) => _errorsBefore -= fields.ErrorCount;

    /// <inheritdoc cref="Suspend"/>
    public void Resume(FieldReader fields) => _errorsBefore += fields.ErrorCount;

    public void ReadField(string name, FieldReader fields)
    {
        if (!Type.IsKnown)
        {
            var value = new TokenBuffer();
            var key = fields.Tokens.NotedPlace;
            value.Record(fields.Tokens);
            (_early ??= []).Add((name, value, key));
            return;
        }

        Resolve(fields);
        _draft!.ReadField(name, fields);
    }

    /// <summary>Hands the object over, or says why it cannot be used.</summary>
    public void Finish(FieldReader fields)
    {
        if (!Type.IsKnown)
        {
            ReportUntyped();
            return;
        }

        Resolve(fields);
        var metadata = _draft!.CompleteMetadata(_kind!, context);
        var lacksName = _draft.NeedsName && metadata.Name.Length == 0 && !_draft.IsNameWrong;
        if (lacksName)
        {
            context.Report(
                DiagnosticId.InvalidValue, DiagnosticSeverity.Error, "The object has no name; expected metadata.name.", "metadata.name", _location);
        }

        // Without a name there may be other mistakes to report.
        var built = fields.ErrorCount == _errorsBefore ? _draft.Build(context, metadata, _location) : null;
        context.EndObject(_draft.ShownKind ?? _kind!.Kind, metadata.Namespace, metadata.Name);
        if (built is not null && !lacksName)
            context.Add(built.Location == _location ? built : built with { Location = _location });
    }

    private void Resolve(FieldReader fields)
    {
        if (_isResolved || !Type.IsKnown)
            return;
        _isResolved = true;
        _kind = context.FindKind(ApiVersion!, Kind!, out var knownVersion);
        _draft = knownVersion ? _kind.NewDraft(context) : new NameDraft();
        _draft.Kind = _kind;
        if (!knownVersion)
        {
            context.Report(
                DiagnosticId.UnknownApiVersion,
                DiagnosticSeverity.Error,
                $"There is no {Excerpt.Of(Kind!)} in apiVersion {Excerpt.Of(ApiVersion!)}; expected kind {_kind.Kind} in {_kind.ApiVersion}.",
                "apiVersion",
                _location);
        }
        else if (_kind.GoneSince is { } release)
        {
            context.Report(
                DiagnosticId.RemovedApiVersion,
                DiagnosticSeverity.Warning,
                $"There is no {Kind} in apiVersion {ApiVersion} since Kubernetes {release}: a server refuses it. Use {Newest(_kind)}.",
                "apiVersion",
                _location);
        }

        if (_early is null)
            return;
        foreach (var (name, value, key) in _early)
            fields.Reread(name, value, key, reread => _draft.ReadField(name, reread));
        _early = null;
    }

    private static string Newest(ObjectKind kind) => kind.Kind is NetworkPolicy.KindName or Entrance.Ingress ? "networking.k8s.io/v1" : "apps/v1";

    private void ReportUntyped()
    {
        var missing = (ApiVersion, Kind) switch
        {
            (null, null) => "apiVersion and kind are missing",
            (null, { } kind) => $"apiVersion is missing beside kind {Excerpt.Of(kind)}",
            ({ } apiVersion, _) => $"kind is missing beside apiVersion {Excerpt.Of(apiVersion)}",
        };
        var seen = _early is { Count: > 0 } ? $"; found {string.Join(", ", _early.Take(5).Select(static field => Excerpt.Of(field.Name)))}" : "";
        var advice = _early?.Exists(static field => field.Name is "from" or "to" or "ingress" or "egress" or "podSelector") == true
            ? " It looks like a part of a NetworkPolicy: put it where it belongs below spec, under apiVersion: networking.k8s.io/v1 and kind: NetworkPolicy."
            : " Write what it is at the top, such as apiVersion: networking.k8s.io/v1 and kind: NetworkPolicy.";
        context.Report(new Diagnostic(DiagnosticId.NotAnObject, DiagnosticSeverity.Error, $"Not a Kubernetes object: {missing}{seen}.{advice}")
        {
            Location = _location,
            IsOfOtherText = ApiVersion is null && Kind is null && _early?.TrueForAll(static field => IsOfOtherText(field.Name, field.Value)) != false,
        });
        context.EndObject(null);
    }

    /// <summary>
    /// Whether a field says nothing of a manifest that has lost its head, of a part of a policy, or of an error that kubectl wrote where a manifest was to be:
    /// a sentence with a colon in it is a field with blanks in its name.
    /// </summary>
    private static bool IsOfOtherText(string name, TokenBuffer value) => name switch
    {
        "metadata" or "spec" or "podSelector" or "policyTypes" => false,
        "from" or "to" or "ingress" or "egress" => value.Replay().Kind != ManifestTokenKind.ArrayStart,
        _ => !name.Contains(' ') && !name.StartsWith("error", StringComparison.OrdinalIgnoreCase),
    };
}
