using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Writing;

/// <summary>
/// Turns tokens into whole objects, to be written again: nothing is passed over. Lists are unwrapped at any depth. What the evaluator would report
/// as wrong is reported here too, and such an object is left out.
/// </summary>
public sealed class WholeObjectBinder : IManifestBinder
{
    private readonly Action<WholeObject> _onObject;
    private readonly DiagnosticLimit _report;
    private readonly ManifestBinder _validation;
    private readonly FieldPath _path = new();
    private bool _isWrong;

    /// <param name="onObject">Takes the objects in the order of the input.</param>
    /// <param name="report">Takes what is wrong with the others.</param>
    /// <param name="kinds">The kinds that are checked.</param>
    /// <param name="version">The version whose API server is to take the objects; null for the newest.</param>
    public WholeObjectBinder(Action<WholeObject> onObject, Action<Diagnostic> report, ObjectKinds kinds, KubernetesVersion? version = null)
    {
        _onObject = onObject;
        _report = new DiagnosticLimit(new Reporter(report));
        _validation = new ManifestBinder(new Reporter(Report), kinds, version: version);
    }

    public int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default) => Bind(tokens, null, cancellation);

    public int Bind(ManifestTokenReader tokens, Action? onOther, CancellationToken cancellation)
    {
        _report.BeginInput();
        var documents = ManifestDocuments.ForEach(
            tokens,
            () =>
            {
                if (tokens.Kind == ManifestTokenKind.ArrayStart)
                    BindItems(tokens, ObjectType.Unknown, cancellation);
                else
                    BindObject(tokens, ObjectType.Unknown, cancellation);
            },
            error =>
            {
                Report(new Diagnostic(DiagnosticId.SyntaxError, DiagnosticSeverity.Error, error.Message) { Location = error.Location });
                _path.Reset();
            });
        _report.EndInput(onOther);
        return documents;
    }

    /// <summary>Reads the items of a list; gives back those that do not say their own kind, where the list has not said its kind yet either.</summary>
    private List<TokenBuffer> BindItems(ManifestTokenReader tokens, ObjectType itemType, CancellationToken cancellation)
    {
        var untyped = new List<TokenBuffer>();
        while (tokens.Read() && tokens.Kind != ManifestTokenKind.ArrayEnd)
        {
            if (BindObject(tokens, itemType, cancellation) is { } item)
                untyped.Add(item);
        }

        return untyped;
    }

    private TokenBuffer? BindObject(ManifestTokenReader tokens, ObjectType inherited, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var own = new TokenBuffer();
        if (tokens.Kind != ManifestTokenKind.ObjectStart)
        {
            own.Record(tokens);
            Finish(own, inherited, isList: false, cancellation);
            return null;
        }

        var type = ObjectType.Unknown;
        var isList = false;
        List<TokenBuffer> untypedItems = [];
        own.RecordToken(tokens);
        while (tokens.Read() && tokens.Kind == ManifestTokenKind.PropertyName)
        {
            var name = tokens.Text;
            own.RecordToken(tokens);
            tokens.Read();
            if (name == "apiVersion" && tokens.Kind == ManifestTokenKind.String)
                type = type with { ApiVersion = tokens.Text };
            else if (name == "kind" && tokens.Kind == ManifestTokenKind.String)
                type = type with { Kind = tokens.Text };
            isList |= name == "items" && ManifestBinder.IsList(type.Kind, tokens.Kind);
            if (name != "items" || !isList || tokens.Kind != ManifestTokenKind.ArrayStart)
            {
                own.Record(tokens);
                continue;
            }

            // Of the list itself only the brackets are kept: it may be as long as the file.
            own.RecordToken(tokens);
            untypedItems.AddRange(BindItems(tokens, type.OfItems(), cancellation));
            own.RecordToken(tokens);
        }

        own.RecordToken(tokens);
        foreach (var item in untypedItems)
            Finish(item, type.OfItems(), isList: false, cancellation);
        if (!isList && type.Kind is null && inherited is { IsKnown: false, IsPending: true })
            return own;
        Finish(own, inherited, isList, cancellation);
        return null;
    }

    /// <summary>Hands the object over, unless something is wrong with it or it is a list, whose items went before.</summary>
    private void Finish(TokenBuffer own, ObjectType inherited, bool isList, CancellationToken cancellation)
    {
        _isWrong = false;
        var tokens = own.Replay();
        var location = tokens.Location;
        var node = ManifestNodeReader.Read(new FieldReader(tokens, _path, Report, new SharedValues()));

        // The list around it has said all that it will ever say.
        if (!_isWrong)
            _validation.BindItem(_validation.Fields(own.Replay()), inherited with { IsPending = false }, cancellation);
        if (isList)
            _report.FindManifest();
        if (_isWrong || isList || node is not ManifestMap map)
            return;
        _report.FindManifest();
        var found = new WholeObject(Typed(map, inherited), location);
        if (found.Reference.Name.Length > 0)
        {
            _onObject(found);
            return;
        }

        Report(new Diagnostic(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, "The object has no name; expected metadata.name.")
        {
            FieldPath = "metadata.name",
            Location = location,
            Object = found.Reference,
        });
    }

    /// <summary>With what the list says of the object and the object itself does not.</summary>
    private static ManifestMap Typed(ManifestMap map, ObjectType inherited)
    {
        var fields = new List<KeyValuePair<string, ManifestNode>>();
        if (map["apiVersion"] is null && inherited.ApiVersion is { } apiVersion)
            fields.Add(new("apiVersion", ManifestScalar.Of(apiVersion)));
        if (map["kind"] is null && inherited.Kind is { } kind)
            fields.Add(new("kind", ManifestScalar.Of(kind)));
        return fields.Count == 0 ? map : new ManifestMap([.. fields, .. map.Fields]);
    }

    private void Report(Diagnostic diagnostic)
    {
        _isWrong |= diagnostic.Severity == DiagnosticSeverity.Error;
        _report.Report(diagnostic);
    }

    /// <summary>Of the evaluator's reading only what it finds wrong matters.</summary>
    private sealed class Reporter(Action<Diagnostic> report) : IManifestSink
    {
        public void Add(KubernetesObject found)
        {
        }

        public void Report(Diagnostic diagnostic) => report(diagnostic);

        public void Skipped(string kind)
        {
        }
    }
}
