BeforeAll {
    Import-Module $env:NETPOLTOOLS_MODULE -Force
    $manifests = Join-Path $PSScriptRoot '../manifests'
    $was = Join-Path $manifests 'three-tier'
    $is = Join-Path $manifests 'three-tier-next'
}

Describe 'Find-NetPolCause' {
    It 'names the change that made a connection fail' {
        $cause = Find-NetPolCause $was $is -From api -To web
        $cause.Outcome, $cause.ReachableBefore, $cause.ReachableAfter, $cause.IsSmallest | Should -Be 'Found', $true, $false, $true
        "$cause" | Should -BeLike '~NetworkPolicy shop/web (*policies.yaml:11:1)'
        $cause.Changes.Kind, $cause.Changes.Change, $cause.Changes.Name | Should -Be 'NetworkPolicy', 'Changed', 'web'
        $cause.Reason | Should -BeLike '*shop/web is isolated*'
    }

    It 'names a label that was changed' {
        $now = Get-NetPolSnapshot $was
        $next = $now | Edit-NetPolSnapshot -Workload api -Label 'tier=other'
        $cause = Find-NetPolCause $now $next -From api -To db
        "$($cause.Changes)" | Should -BeLike '*Deployment shop/api*label tier=backend -> tier=other*'
    }

    It 'says where to look where policies are not the cause' {
        $cause = Find-NetPolCause $was $is -From web -To api -Port 5000
        $cause.Outcome, $cause.Changes.Count | Should -Be 'StillAllowed', 0
        "$cause" | Should -Be 'Policies allow it before and after. If it fails, look elsewhere.'
    }

    It 'takes a policy that was applied' {
        $deny = New-NetPolPolicy closed shop -PolicyType Egress
        $cause = Find-NetPolCause $was $deny -Apply -From api -To db
        "$($cause.Changes)" | Should -BeLike '+NetworkPolicy shop/closed*'
    }

    It 'names what came or went where an end is in one of the states alone' {
        $cause = Find-NetPolCause $was $is -From api -To cache
        $cause.ReachableBefore, $cause.ReachableAfter, $cause.Outcome | Should -Be $false, $true, 'Found'
        "$($cause.Changes)" | Should -BeLike '+Deployment shop/cache*'
        $cause = Find-NetPolCause $is $was -From api -To cache
        $cause.ReachableAfter, $cause.Reason, $cause.Explanation | Should -Be $false, 'cache is not there', $null
        "$($cause.Changes)" | Should -BeLike '-Deployment shop/cache*'
        (Find-NetPolCause $was $is -From web -To cache).Conclusion | Should -Be 'It was not reachable before, either: cache is not there.'
    }

    It 'refuses a name that matches nothing' {
        Find-NetPolCause $was $is -From nobody -To web -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*nobody*matches nothing*'
    }
}
