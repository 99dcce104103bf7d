namespace NetPolTools.Kubectl;

internal enum LintFormat
{
    Table,
    Json,
}
