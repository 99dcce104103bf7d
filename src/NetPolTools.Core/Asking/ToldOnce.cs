using NetPolTools.Diagnostics;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What several questions of one cluster say, each thing once.</summary>
internal sealed class ToldOnce
{
    private readonly List<AnswerDiagnostic> _told = [];
    private readonly HashSet<(string Message, SourceLocation Location)> _known = [];
    private readonly List<Diagnostic> _ofInput = [];
    private AnswerStatus _status;

    public T? Take<T>(Answer<T> answer)
        where T : class
    {
        _status = answer.Status > _status ? answer.Status : _status;
        _ofInput.AddRange(answer.InputDiagnostics.Where(IsNew));
        _told.AddRange(answer.Diagnostics.Where(told => IsNew(told.Diagnostic)));
        return answer.Value;
    }

    public Answer<T> Give<T>(T? value)
        where T : class => new(value is null ? AnswerStatus.NotAnswered : _status, value, _told, _ofInput);

    private bool IsNew(Diagnostic diagnostic) => _known.Add((diagnostic.Message, diagnostic.Location));
}
