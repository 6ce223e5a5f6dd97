"""Where there will be room, and for whom: how full houses will be in some weeks, who waits for a place and in which
order, what was tried instead, where there is a place elsewhere, who could live outside by now.

Who lives where belongs to `residence`; what an institution is and its capacity by decree to `institutions`.
"""
