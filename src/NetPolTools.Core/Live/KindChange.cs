using NetPolTools.Dialects;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>One event of a watch: what the API calls a WatchEvent.</summary>
internal sealed class KindChange
{
    private const string Added = "ADDED";
    private const string Modified = "MODIFIED";
    private const string Bookmark = "BOOKMARK";
    private const string Error = "ERROR";
    private const string Deleted = "DELETED";
    private const int Gone = 410;

    private readonly TokenBuffer _object = new();
    private string? _type;
    private string? _apiVersion;
    private string? _kind;
    private int _code;

    public string? Namespace { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The state of the cluster once this has happened; null where the server does not say.</summary>
    public string? ResourceVersion { get; private set; }

    /// <summary>The server's words; null unless it can report no more changes.</summary>
    public string? Message { get; private set; }

    /// <summary>Whether the changes in between are no longer kept.</summary>
    public bool IsExpired => Message is not null && _code == Gone;

    /// <summary>Whether the object is gone.</summary>
    public bool IsDeletion => _type == Deleted;

    /// <summary>Whether an object came, went or became another; otherwise it is only about how far the changes are told.</summary>
    public bool IsOfObject => _type is Added or Modified or Deleted;

    /// <summary>Whether it is an event at all, about an object of this kind.</summary>
    public bool IsOf(ClusterKind kind) => (IsOfObject || _type == Bookmark) && _apiVersion is not null && _kind is not null && kind.Covers(_apiVersion, _kind);

    /// <param name="tokens">Stands on an event.</param>
    public static KindChange Read(ManifestTokenReader tokens)
    {
        var change = new KindChange();
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "type":
                    change._type = QuietWalk.Text(tokens);
                    return true;
                case "object":
                    change._object.Record(tokens);
                    return true;
                default:
                    return false;
            }
        });
        change.LookAtObject();
        return change;
    }

    /// <summary>Reads the object as a list would.</summary>
    public void BindInto(IManifestSink sink, CancellationToken cancellation)
    {
        using var tokens = _object.Replay();
        var binder = new ManifestBinder(sink, AllDialects.Kinds) { AreStored = true };
        binder.BindItem(binder.Fields(tokens), ObjectType.Unknown, cancellation);
    }

    private void LookAtObject()
    {
        using var tokens = _object.Replay();
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "apiVersion":
                    _apiVersion = QuietWalk.Text(tokens);
                    return true;
                case "kind":
                    _kind = QuietWalk.Text(tokens);
                    return true;
                case "metadata":
                    QuietWalk.EachField(tokens, field => LookAtMetadata(field, tokens));
                    return true;
                case "message" when _type == Error:
                    Message = QuietWalk.Text(tokens);
                    return true;
                case "code" when _type == Error && int.TryParse(QuietWalk.Text(tokens), out var code):
                    _code = code;
                    return true;
                default:
                    return false;
            }
        });
        if (_type == Error)
            Message ??= "The server ended it without a reason.";
    }

    private bool LookAtMetadata(string field, ManifestTokenReader tokens)
    {
        switch (field)
        {
            case "namespace":
                Namespace = QuietWalk.Text(tokens);
                return true;
            case "name":
                Name = QuietWalk.Text(tokens) ?? "";
                return true;
            case "resourceVersion":
                ResourceVersion = QuietWalk.Text(tokens);
                return true;
            default:
                return false;
        }
    }
}
